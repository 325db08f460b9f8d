//! What happened, for programs.

use std::fmt;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What happened. A newer server may know more of them than are listed here: those are [`Reason::Other`].
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Reason {
            $($(#[$doc])* $variant,)*
            /// One that this version of the client does not know.
            Other(String),
        }

        impl Reason {
            /// As the contract spells it, such as `ITEM_NOT_FOUND`.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for Reason {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::Other(text.to_owned()),
                }
            }
        }
    };
}

reasons! {
    /// A field of the request breaks its rule. [`Error::violations`](crate::Error::violations) has the fields.
    InvalidField = "INVALID_FIELD",
    /// There is no provider of this name, or not in this domain.
    ProviderUnknown = "PROVIDER_UNKNOWN",
    /// The provider says that there is no such item.
    ItemNotFound = "ITEM_NOT_FOUND",
    /// The provider can't do this.
    OperationUnsupported = "OPERATION_UNSUPPORTED",
    /// A key of the provider is missing at the server. [`Error::preconditions`](crate::Error::preconditions) has its
    /// name.
    ProviderNotConfigured = "PROVIDER_NOT_CONFIGURED",
    /// An operator has switched the provider off.
    ProviderDisabled = "PROVIDER_DISABLED",
    /// The provider's limit is used up. [`Error::retry_after`](crate::Error::retry_after) says for how long.
    ProviderRateLimited = "PROVIDER_RATE_LIMITED",
    /// The provider could not be reached, or failed.
    ProviderUnreachable = "PROVIDER_UNREACHABLE",
    /// The provider answered with a bot wall.
    ProviderBlocked = "PROVIDER_BLOCKED",
    /// The provider failed too often, and is left alone for a while.
    ProviderSuspended = "PROVIDER_SUSPENDED",
    /// The provider did not answer in its time.
    ProviderTimeout = "PROVIDER_TIMEOUT",
    /// The provider's answer has a shape that Tako does not know.
    ProviderShapeChanged = "PROVIDER_SHAPE_CHANGED",
    /// The server answers from captures, and none fits.
    ReplayMiss = "REPLAY_MISS",
    /// The call's deadline passed at the server.
    Deadline = "DEADLINE",
    /// The server has as many calls as it takes.
    Overloaded = "OVERLOADED",
    /// This caller asks too often. [`Error::retry_after`](crate::Error::retry_after) says when it may again.
    RateLimited = "RATE_LIMITED",
    /// The server wants an API key.
    ApiKeyInvalid = "API_KEY_INVALID",
    /// The call needs the admin token; for `refresh`, a key is enough.
    AdminTokenRequired = "ADMIN_TOKEN_REQUIRED",
    /// The server has no admin token.
    AdminDisabled = "ADMIN_DISABLED",
    /// The server's store is away.
    StoreUnavailable = "STORE_UNAVAILABLE",
    /// There is no job of this id.
    JobUnknown = "JOB_UNKNOWN",
    /// The job runs already.
    JobRunning = "JOB_RUNNING",
    /// The server is finishing its last calls.
    ShuttingDown = "SHUTTING_DOWN",
    /// A bug of the server. Its log has the call under [`Error::request_id`](crate::Error::request_id).
    Internal = "INTERNAL",
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_spelled_as_in_the_contract() {
        assert_eq!(Reason::from("ITEM_NOT_FOUND"), Reason::ItemNotFound);
        assert_eq!(Reason::ItemNotFound.to_string(), "ITEM_NOT_FOUND");
    }

    #[test]
    fn a_new_reason_is_kept() {
        assert_eq!(Reason::from("SOMETHING_NEW"), Reason::Other("SOMETHING_NEW".into()));
        assert_eq!(Reason::from("SOMETHING_NEW").as_str(), "SOMETHING_NEW");
    }
}
