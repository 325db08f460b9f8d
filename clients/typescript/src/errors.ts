import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  PreconditionFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "./gen/google/rpc/error_details_pb.js";
import type { Status } from "./gen/google/rpc/status_pb.js";

/** Why a call failed, as in docs/errors.md. A newer server may have reasons that are not listed here. */
export type Reason =
  | "ADMIN_DISABLED"
  | "ADMIN_TOKEN_REQUIRED"
  | "API_KEY_INVALID"
  | "DEADLINE"
  | "INTERNAL"
  | "INVALID_FIELD"
  | "ITEM_NOT_FOUND"
  | "JOB_RUNNING"
  | "JOB_UNKNOWN"
  | "OPERATION_UNSUPPORTED"
  | "OVERLOADED"
  | "PROVIDER_BLOCKED"
  | "PROVIDER_DISABLED"
  | "PROVIDER_NOT_CONFIGURED"
  | "PROVIDER_RATE_LIMITED"
  | "PROVIDER_SHAPE_CHANGED"
  | "PROVIDER_SUSPENDED"
  | "PROVIDER_TIMEOUT"
  | "PROVIDER_UNKNOWN"
  | "PROVIDER_UNREACHABLE"
  | "RATE_LIMITED"
  | "REPLAY_MISS"
  | "SHUTTING_DOWN"
  | "STORE_UNAVAILABLE"
  | (string & {});

/** A field of the request that breaks its rule. */
export interface Violation {
  readonly field: string;
  readonly description: string;
}

/** What has to be changed at the server before the call can work, such as a setting that is missing. */
export interface Precondition {
  readonly type: string;
  readonly subject: string;
  readonly description: string;
}

/** The thing that was asked for and is not there. */
export interface Resource {
  readonly type: string;
  readonly name: string;
  readonly description: string;
}

/** A call that failed. Every method of the client throws this, and nothing else. */
export class TakoError extends Error {
  override readonly name = "TakoError";
  /** gRPC code, such as `Code.NotFound`. */
  readonly code: Code;
  /** The server's sentence for people. */
  readonly text: string;
  /** Why, for programs. Absent when the error was made by the library or on the way, and not by Tako. */
  readonly reason: Reason | undefined;
  /** Whose reason it is: `tako`. */
  readonly domain: string | undefined;
  /** What the reason is about, such as `{ provider: "tmdb" }`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Fields of the request that are wrong. */
  readonly violations: readonly Violation[];
  /** What is missing at the server. */
  readonly preconditions: readonly Precondition[];
  /** What was not found. */
  readonly resource: Resource | undefined;
  /** How long to wait before another try, when the server says so. */
  readonly retryAfterMs: number | undefined;
  /** Id of the call in the server's log. */
  readonly requestId: string | undefined;

  constructor(error: ConnectError) {
    super(error.message, { cause: error });
    const [info] = error.findDetails(ErrorInfoSchema);
    const [retry] = error.findDetails(RetryInfoSchema);
    const [resource] = error.findDetails(ResourceInfoSchema);
    const [request] = error.findDetails(RequestInfoSchema);
    this.code = error.code;
    this.text = error.rawMessage;
    this.reason = info?.reason;
    this.domain = info?.domain;
    this.metadata = info?.metadata ?? {};
    this.violations = error
      .findDetails(BadRequestSchema)
      .flatMap((detail) => detail.fieldViolations)
      .map(({ field, description }) => ({ field, description }));
    this.preconditions = error
      .findDetails(PreconditionFailureSchema)
      .flatMap((detail) => detail.violations)
      .map(({ type, subject, description }) => ({ type, subject, description }));
    this.resource = resource && {
      type: resource.resourceType,
      name: resource.resourceName,
      description: resource.description,
    };
    this.retryAfterMs = retry?.retryDelay && durationMs(retry.retryDelay);
    this.requestId = request?.requestId ?? error.metadata.get("x-request-id") ?? undefined;
  }

  /** Whether another try may help: the server says when, or nobody answered. */
  get retryable(): boolean {
    return this.retryAfterMs !== undefined || (this.code === Code.Unavailable && this.reason === undefined);
  }

  /** A TakoError of whatever a call has thrown. */
  static from(error: unknown): TakoError {
    return error instanceof TakoError ? error : new TakoError(ConnectError.from(error));
  }

  /** A TakoError of an error that stands in an answer, as those of `batchDetail` do. */
  static fromStatus({ code, message, details }: Status): TakoError {
    const error = new ConnectError(message, code);
    error.details = details.map(({ typeUrl, value }) => ({ type: typeUrl.slice(typeUrl.lastIndexOf("/") + 1), value }));
    return new TakoError(error);
  }
}
