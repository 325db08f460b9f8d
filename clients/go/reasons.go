package tako

// Reason says what happened. A newer server may know more of them than are listed here.
type Reason string

// The reasons of Tako's errors. docs/errors.md of Tako has the whole table.
const (
	// ReasonInvalidField: a field of the request breaks its rule. Violations has the fields.
	ReasonInvalidField Reason = "INVALID_FIELD"
	// ReasonProviderUnknown: there is no provider of this name, or not in this domain.
	ReasonProviderUnknown Reason = "PROVIDER_UNKNOWN"
	// ReasonItemNotFound: the provider says that there is no such item.
	ReasonItemNotFound Reason = "ITEM_NOT_FOUND"
	// ReasonOperationUnsupported: the provider can't do this.
	ReasonOperationUnsupported Reason = "OPERATION_UNSUPPORTED"
	// ReasonProviderNotConfigured: a key of the provider is missing at the server. Preconditions has its name.
	ReasonProviderNotConfigured Reason = "PROVIDER_NOT_CONFIGURED"
	// ReasonProviderDisabled: an operator has switched the provider off.
	ReasonProviderDisabled Reason = "PROVIDER_DISABLED"
	// ReasonProviderRateLimited: the provider's limit is used up. RetryAfter says for how long.
	ReasonProviderRateLimited Reason = "PROVIDER_RATE_LIMITED"
	// ReasonProviderUnreachable: the provider could not be reached, or failed.
	ReasonProviderUnreachable Reason = "PROVIDER_UNREACHABLE"
	// ReasonProviderBlocked: the provider answered with a bot wall.
	ReasonProviderBlocked Reason = "PROVIDER_BLOCKED"
	// ReasonProviderSuspended: the provider failed too often, and is left alone for a while.
	ReasonProviderSuspended Reason = "PROVIDER_SUSPENDED"
	// ReasonProviderTimeout: the provider did not answer in its time.
	ReasonProviderTimeout Reason = "PROVIDER_TIMEOUT"
	// ReasonProviderShapeChanged: the provider's answer has a shape that Tako does not know.
	ReasonProviderShapeChanged Reason = "PROVIDER_SHAPE_CHANGED"
	// ReasonReplayMiss: the server answers from captures, and none fits.
	ReasonReplayMiss Reason = "REPLAY_MISS"
	// ReasonDeadline: the call's deadline passed at the server.
	ReasonDeadline Reason = "DEADLINE"
	// ReasonOverloaded: the server has as many calls as it takes.
	ReasonOverloaded Reason = "OVERLOADED"
	// ReasonRateLimited: this caller asks too often. RetryAfter says when it may again.
	ReasonRateLimited Reason = "RATE_LIMITED"
	// ReasonAPIKeyInvalid: the server wants an API key.
	ReasonAPIKeyInvalid Reason = "API_KEY_INVALID"
	// ReasonAdminTokenRequired: the call needs the admin token; for refresh, a key is enough.
	ReasonAdminTokenRequired Reason = "ADMIN_TOKEN_REQUIRED"
	// ReasonAdminDisabled: the server has no admin token.
	ReasonAdminDisabled Reason = "ADMIN_DISABLED"
	// ReasonStoreUnavailable: the server's store is away.
	ReasonStoreUnavailable Reason = "STORE_UNAVAILABLE"
	// ReasonJobUnknown: there is no job of this id.
	ReasonJobUnknown Reason = "JOB_UNKNOWN"
	// ReasonJobRunning: the job runs already.
	ReasonJobRunning Reason = "JOB_RUNNING"
	// ReasonShuttingDown: the server is finishing its last calls.
	ReasonShuttingDown Reason = "SHUTTING_DOWN"
	// ReasonInternal: a bug of the server. Its log has the call under RequestID.
	ReasonInternal Reason = "INTERNAL"
)
