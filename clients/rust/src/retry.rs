//! What is tried again: what the server's own service config says, and nothing else. tonic has no retries of its own.

use std::sync::LazyLock;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use tonic::Code;

static SERVICE_CONFIG: LazyLock<ServiceConfig> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../tako_grpc_service_config.json"))
        .expect("the file is part of the crate, and a test reads it")
});

/// How often and how soon a method is tried again.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RetryPolicy {
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
    pub(crate) fn of(path: &str) -> Option<&'static RetryPolicy> {
        let (service, method) = path.strip_prefix('/')?.split_once('/')?;
        SERVICE_CONFIG
            .method_config
            .iter()
            .find(|config| config.name.iter().any(|name| name.names(service, method)))?
            .retry_policy
            .as_ref()
    }

    /// How long to wait before the next try, or None when there is to be none. `attempts` have been made.
    pub(crate) fn delay(&self, attempts: u32, code: Code) -> Option<Duration> {
        // Only the codes that a policy of Tako may name: another one would be a mistake in the file, see the test.
        let named = code == Code::Unavailable && self.retryable_status_codes.iter().any(|name| name == "UNAVAILABLE");
        (named && attempts < self.max_attempts).then(|| self.backoff(attempts).mul_f64(fastrand::f64() * 0.4 + 0.8))
    }

    fn backoff(&self, attempts: u32) -> Duration {
        let growth = self.backoff_multiplier.powi(attempts.saturating_sub(1).try_into().unwrap_or(i32::MAX));
        Duration::from_secs_f64((self.initial_backoff.as_secs_f64() * growth).min(self.max_backoff.as_secs_f64()))
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

    #[test]
    fn the_wait_grows_up_to_its_limit_and_ends_with_the_attempts() {
        let policy = RetryPolicy {
            max_attempts: 5,
            initial_backoff: Duration::from_millis(200),
            max_backoff: Duration::from_millis(500),
            backoff_multiplier: 2.0,
            retryable_status_codes: vec!["UNAVAILABLE".into()],
        };
        for (attempts, middle) in [(1, 200), (2, 400), (3, 500), (4, 500)] {
            let delay = policy.delay(attempts, Code::Unavailable).unwrap();
            let middle = Duration::from_millis(middle);
            assert!(delay >= middle.mul_f64(0.799) && delay <= middle.mul_f64(1.201), "{attempts}: {delay:?}");
        }
        assert_eq!(policy.delay(5, Code::Unavailable), None);
        assert_eq!(policy.delay(1, Code::ResourceExhausted), None);
        assert_eq!(policy.delay(1, Code::Ok), None);
    }
}
