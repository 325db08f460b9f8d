//! What came of a call, held against what its case expects.

use prost::Message;
use serde_json::Value;
use tako_client::{Error, Reason};

use crate::asking::Asked;
use crate::case::{Case, Detail, Expect, Failed, Failure};
use crate::check::hold_all;
use crate::json;

pub fn judge(case: &Case, asked: Asked) -> Result<(), Failure> {
    match (&case.expect, asked) {
        (Expect::Response(checks) | Expect::Events(checks), Asked::Answer(answer)) => hold_all(checks, &answer),
        (Expect::Response(_) | Expect::Events(_), Asked::Error(error)) => {
            Err(format!("the call failed: {error}").into())
        }
        (Expect::Response(_) | Expect::Events(_), Asked::Cancelled) => Err("the call was cancelled".into()),
        // Who drops a call in Rust gets no error: there is nobody left to tell.
        (Expect::Error(want), Asked::Cancelled) if want.code == "CANCELLED" => Ok(()),
        (Expect::Error(want), Asked::Error(error)) => judge_error(want, &error),
        (Expect::Error(want), _) => Err(format!("want the error {}, the call did not fail", want.code).into()),
    }
}

fn judge_error(want: &Failed, error: &Error) -> Result<(), Failure> {
    let code = name_of(error.code());
    if code != want.code {
        return Err(format!("want the code {}, got {code}: {error}", want.code).into());
    }
    if want.reason.is_some() && want.reason.as_deref() != error.reason().map(Reason::as_str) {
        return Err(format!("want the reason {:?}: {error}", want.reason).into());
    }
    if want.domain.is_some() && want.domain.as_deref() != error.domain() {
        return Err(format!("want the domain {:?}, got {:?}", want.domain, error.domain()).into());
    }
    if want.retryable.is_some_and(|retryable| retryable != error.is_retryable()) {
        return Err(format!("want retryable to be {:?}: {error}", want.retryable).into());
    }
    let status = tonic_types::Status::decode(error.status().details())?;
    want.details.iter().try_for_each(|detail| judge_detail(detail, &status))
}

fn judge_detail(want: &Detail, status: &tonic_types::Status) -> Result<(), Failure> {
    let sent = status.details.iter().find(|sent| sent.type_url.rsplit('/').next() == Some(&want.name));
    let sent: Value = match sent {
        Some(sent) => json::write(json::message(&want.name)?, &sent.value)?,
        None => return Err(format!("no detail {}", want.name).into()),
    };
    hold_all(&want.checks, &sent).map_err(|failure| format!("{}: {failure}", want.name).into())
}

/// As the table spells it: `NotFound` is `NOT_FOUND`.
fn name_of(code: tonic::Code) -> String {
    let mut name = String::new();
    for letter in format!("{code:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}
