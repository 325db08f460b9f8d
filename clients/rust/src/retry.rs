//! What is tried again: what the server's own service config says, and nothing else. tonic has no retries of its own.

use std::sync::LazyLock;
use std::time::Duration;

use http::HeaderValue;
use serde::{Deserialize, Deserializer};
use tonic::Code;

/// By this trailer a server says when the next try may be.
pub(crate) const PUSHBACK: &str = "grpc-retry-pushback-ms";

static SERVICE_CONFIG: LazyLock<ServiceConfig> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../tako_grpc_service_config.json"))
        .expect("the file is part of the crate, and a test reads it")
});

/// How often and how soon a method is tried again.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RetryPolicy {
    max_attempts: u32,
    #[serde(deserialize_with = "seconds")]
    initial_backoff: Duration,
    #[serde(deserialize_with = "seconds")]
    max_backoff: Duration,
    backoff_multiplier: f64,
    retryable_status_codes: Vec<String>,
}

impl RetryPolicy {
    /// The policy of a method, by its path (`/tako.v1.BooksService/Search`).
    fn of(path: &str) -> Option<&'static RetryPolicy> {
        let (service, method) = path.strip_prefix('/')?.split_once('/')?;
        SERVICE_CONFIG
            .method_config
            .iter()
            .find(|config| config.name.iter().any(|name| name.names(service, method)))?
            .retry_policy
            .as_ref()
    }

    // Only the codes that a policy of Tako may name: another one would be a mistake in the file, see the test.
    fn names(&self, code: Code) -> bool {
        code == Code::Unavailable && self.retryable_status_codes.iter().any(|name| name == "UNAVAILABLE")
    }

    fn backoff(&self, waits: u32) -> Duration {
        let growth = self.backoff_multiplier.powi(waits.try_into().unwrap_or(i32::MAX));
        let middle = (self.initial_backoff.as_secs_f64() * growth).min(self.max_backoff.as_secs_f64());
        // At random, so that callers who failed together do not come back together.
        Duration::from_secs_f64(middle).mul_f64(fastrand::f64() * 0.4 + 0.8)
    }
}

/// The tries of one call.
pub(crate) struct Tries {
    policy: Option<&'static RetryPolicy>,
    made: u32,
    /// Waits since the server last said how long to wait: from there on the backoff grows anew.
    waits: u32,
}

impl Tries {
    /// Those of a call of the method with this path.
    pub(crate) fn of(path: &str) -> Self {
        Self { policy: RetryPolicy::of(path), made: 0, waits: 0 }
    }

    /// How long to wait after a try that ended so, or None when there is to be no other. `pushback` is what the server
    /// says about that.
    pub(crate) fn next(&mut self, code: Code, pushback: Option<&HeaderValue>) -> Option<Duration> {
        let policy = self.policy.filter(|policy| policy.names(code))?;
        self.made += 1;
        if self.made >= policy.max_attempts {
            return None;
        }
        if let Some(told) = pushback {
            self.waits = 0;
            // What can't be read, such as a time below zero, means: not again.
            // https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
            return told.to_str().ok()?.parse().ok().map(Duration::from_millis);
        }
        self.waits += 1;
        Some(policy.backoff(self.waits - 1))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceConfig {
    method_config: Vec<MethodConfig>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MethodConfig {
    name: Vec<Name>,
    retry_policy: Option<RetryPolicy>,
}

#[derive(Deserialize)]
struct Name {
    service: String,
    method: Option<String>,
}

impl Name {
    /// A name without a method is all of its service.
    fn names(&self, service: &str, method: &str) -> bool {
        self.service == service && self.method.as_deref().is_none_or(|name| name == method)
    }
}

/// A duration of proto3 JSON, such as `"0.2s"`.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.strip_suffix('s')
        .and_then(|number| number.parse().ok())
        .and_then(|number| Duration::try_from_secs_f64(number).ok())
        .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not a duration such as \"0.2s\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_tried_again_and_what_changes_something_is_not() {
        let policy = RetryPolicy::of("/tako.v1.BooksService/Search").unwrap();
        assert_eq!(policy.retryable_status_codes, ["UNAVAILABLE"]);
        assert!(RetryPolicy::of("/tako.v1.AdminService/ListJobs").is_some());
        assert!(RetryPolicy::of("/tako.v1.AdminService/RunJob").is_none());
        assert!(RetryPolicy::of("/grpc.health.v1.Health/Check").is_none());
        assert!(RetryPolicy::of("nonsense").is_none());
    }

    fn tries(policy: RetryPolicy) -> Tries {
        Tries { policy: Some(Box::leak(Box::new(policy))), made: 0, waits: 0 }
    }

    fn five_attempts() -> RetryPolicy {
        RetryPolicy {
            max_attempts: 5,
            initial_backoff: Duration::from_millis(200),
            max_backoff: Duration::from_millis(500),
            backoff_multiplier: 2.0,
            retryable_status_codes: vec!["UNAVAILABLE".into()],
        }
    }

    fn about(delay: Option<Duration>, middle: u64) -> bool {
        let middle = Duration::from_millis(middle);
        delay.is_some_and(|delay| delay >= middle.mul_f64(0.799) && delay <= middle.mul_f64(1.201))
    }

    #[test]
    fn the_wait_grows_up_to_its_limit_and_ends_with_the_attempts() {
        let mut tries = tries(five_attempts());
        for middle in [200, 400, 500, 500] {
            let delay = tries.next(Code::Unavailable, None);
            assert!(about(delay, middle), "{middle}: {delay:?}");
        }
        assert_eq!(tries.next(Code::Unavailable, None), None);
    }

    #[test]
    fn no_other_error_is_tried_again() {
        for code in [Code::ResourceExhausted, Code::Ok] {
            assert_eq!(tries(five_attempts()).next(code, None), None);
        }
    }

    #[test]
    fn the_server_says_when_and_the_backoff_grows_anew_from_there() {
        let mut tries = tries(five_attempts());
        let soon = HeaderValue::from_static("1500");
        tries.next(Code::Unavailable, None);
        assert_eq!(tries.next(Code::Unavailable, Some(&soon)), Some(Duration::from_millis(1500)));
        assert!(about(tries.next(Code::Unavailable, None), 200));
        assert!(about(tries.next(Code::Unavailable, None), 400));
        assert_eq!(tries.next(Code::Unavailable, Some(&soon)), None);
    }

    #[test]
    fn the_server_says_that_there_is_to_be_no_other_try() {
        for text in ["-1", "soon", ""] {
            let told = HeaderValue::from_static(text);
            assert_eq!(tries(five_attempts()).next(Code::Unavailable, Some(&told)), None, "{text:?}");
        }
    }
}
