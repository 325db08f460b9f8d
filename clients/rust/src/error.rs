//! The error of every call.

use std::fmt;
use std::time::Duration;

use prost::Message;
use tonic::{Code, Status};
use tonic_types::{ErrorDetails, FieldViolation, PreconditionViolation, ResourceInfo, StatusExt};

use crate::Reason;

/// What a failed call says. Made of a [`tonic::Status`], so that `?` turns the error of any call into it.
///
/// Decide by [`reason`](Error::reason), or by [`code`](Error::code) where there is none.
#[derive(Clone)]
pub struct Error(Box<Told>);

#[derive(Clone)]
struct Told {
    status: Status,
    details: ErrorDetails,
    reason: Option<Reason>,
}

impl Error {
    /// The gRPC code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.0.status.code()
    }

    /// One sentence for people. It is not part of the contract.
    #[must_use]
    pub fn message(&self) -> &str {
        self.0.status.message()
    }

    /// What happened, for programs. None when the error was not made by Tako: nobody answered, for example.
    #[must_use]
    pub fn reason(&self) -> Option<&Reason> {
        self.0.reason.as_ref()
    }

    /// `tako` for the errors of Tako.
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        Some(self.0.details.error_info()?.domain.as_str())
    }

    /// What the error is about, by a name such as `provider` or `field`.
    #[must_use]
    pub fn metadata(&self, name: &str) -> Option<&str> {
        self.0.details.error_info()?.metadata.get(name).map(String::as_str)
    }

    /// The wrong fields of the request.
    #[must_use]
    pub fn violations(&self) -> &[FieldViolation] {
        self.0.details.bad_request().map_or(&[], |detail| &detail.field_violations)
    }

    /// What must be changed at the server, such as a setting.
    #[must_use]
    pub fn preconditions(&self) -> &[PreconditionViolation] {
        self.0.details.precondition_failure().map_or(&[], |detail| &detail.violations)
    }

    /// What was not found.
    #[must_use]
    pub fn resource(&self) -> Option<&ResourceInfo> {
        self.0.details.resource_info()
    }

    /// How long to wait before another try. None when the server says nothing about that.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.details.retry_info()?.retry_delay
    }

    /// Whether another try later may help: when the server says after what time, or when nobody answered.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.retry_after().is_some() || self.code() == Code::Unavailable && self.reason().is_none()
    }

    /// Under what the server's log has the call.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self.0.details.request_info() {
            Some(detail) => Some(&detail.request_id),
            None => self.0.status.metadata().get("x-request-id")?.to_str().ok(),
        }
    }

    /// All details.
    #[must_use]
    pub fn details(&self) -> &ErrorDetails {
        &self.0.details
    }

    /// The status that it was made of.
    #[must_use]
    pub fn status(&self) -> &Status {
        &self.0.status
    }
}

impl From<Status> for Error {
    fn from(status: Status) -> Self {
        let details = status.get_error_details();
        let reason = details.error_info().map(|detail| Reason::from(detail.reason.as_str()));
        Self(Box::new(Told { status, details, reason }))
    }
}

/// The error that a status in an answer stands for, such as that of one result of BatchDetail.
impl From<tonic_types::Status> for Error {
    fn from(status: tonic_types::Status) -> Self {
        let details = status.encode_to_vec().into();
        Self::from(Status::with_details(Code::from(status.code), status.message, details))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.reason() {
            Some(reason) => write!(formatter, "{reason}: {}", self.message()),
            None => write!(formatter, "{:?}: {}", self.code(), self.message()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Error")
            .field("code", &self.code())
            .field("reason", &self.reason())
            .field("message", &self.message())
            .field("details", &self.0.details)
            .finish()
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    fn status(code: Code, details: ErrorDetails) -> Status {
        Status::with_error_details(code, "a sentence", details)
    }

    #[test]
    fn details_are_decoded() {
        let mut details = ErrorDetails::new();
        details
            .set_error_info("INVALID_FIELD", "tako", HashMap::from([("field".into(), "page_size".into())]))
            .add_bad_request_violation("page_size", "must not be negative");
        let error = Error::from(status(Code::InvalidArgument, details));
        assert_eq!(error.reason(), Some(&Reason::InvalidField));
        assert_eq!((error.domain(), error.metadata("field")), (Some("tako"), Some("page_size")));
        assert_eq!(error.violations()[0].field, "page_size");
        assert_eq!(error.to_string(), "INVALID_FIELD: a sentence");
        assert!(!error.is_retryable());
    }

    #[test]
    fn only_what_says_so_or_nobody_at_all_is_worth_another_try() {
        let mut refused = ErrorDetails::new();
        refused.set_error_info("PROVIDER_UNREACHABLE", "tako", HashMap::new());
        let mut limited = refused.clone();
        limited.set_retry_info(Some(Duration::from_secs(7)));
        assert!(!Error::from(status(Code::Unavailable, refused)).is_retryable());
        let limited = Error::from(status(Code::ResourceExhausted, limited));
        assert!(limited.is_retryable());
        assert_eq!(limited.retry_after(), Some(Duration::from_secs(7)));
        assert!(Error::from(Status::unavailable("nobody is there")).is_retryable());
        assert!(!Error::from(Status::not_found("no details")).is_retryable());
    }

    #[test]
    fn a_status_in_an_answer_is_an_error_too() {
        let mut details = ErrorDetails::new();
        details.set_error_info("ITEM_NOT_FOUND", "tako", HashMap::new());
        let sent = status(Code::NotFound, details);
        let error = Error::from(tonic_types::Status::decode(sent.details()).unwrap());
        assert_eq!((error.code(), error.reason()), (Code::NotFound, Some(&Reason::ItemNotFound)));
    }
}
