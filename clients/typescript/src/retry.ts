import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { serviceConfig } from "./gen/service_config.js";

/** When a failed call is tried again: `retryPolicy` of a gRPC service config. */
export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffMultiplier: number;
  readonly codes: ReadonlySet<Code>;
  /** `service` or `service/method`. */
  readonly names: ReadonlySet<string>;
}

/** Trailer by which the server says when the next try may be. */
const PUSHBACK = "grpc-retry-pushback-ms";

interface MethodConfig {
  readonly name: readonly { readonly service: string; readonly method?: string }[];
  readonly retryPolicy: {
    readonly maxAttempts: number;
    readonly initialBackoff: string;
    readonly maxBackoff: string;
    readonly backoffMultiplier: number;
    readonly retryableStatusCodes: readonly string[];
  };
}

/** The policies that Tako ships. Connect reads no service config by itself. */
export const shippedPolicies: readonly RetryPolicy[] = serviceConfig.methodConfig.map(readPolicy);

function readPolicy({ name, retryPolicy }: MethodConfig): RetryPolicy {
  return {
    maxAttempts: retryPolicy.maxAttempts,
    initialBackoffMs: milliseconds(retryPolicy.initialBackoff),
    maxBackoffMs: milliseconds(retryPolicy.maxBackoff),
    backoffMultiplier: retryPolicy.backoffMultiplier,
    codes: new Set(retryPolicy.retryableStatusCodes.map(code)),
    names: new Set(name.map(({ service, method }) => (method ? `${service}/${method}` : service))),
  };
}

/** `"0.2s"` is 200. */
function milliseconds(duration: string): number {
  return Number.parseFloat(duration) * 1000;
}

/** `"NOT_FOUND"` is `Code.NotFound`. */
function code(name: string): Code {
  const camel = name.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const value = Code[camel as keyof typeof Code];
  if (value === undefined) throw new Error(`the service config names an unknown code: ${name}`);
  return value;
}

/**
 * Tries unary calls again as the policy of their method says, within the call's deadline. Streams are not tried again:
 * the server says what is wrong with a stream's question at once, and everything later in its events.
 */
export function retrying(policies: readonly RetryPolicy[], random: () => number = Math.random): Interceptor {
  return (next) => async (request) => {
    const policy = request.stream ? undefined : policyOf(policies, request.service.typeName, request.method.name);
    if (policy === undefined) return next(request);
    let wait = policy.initialBackoffMs;
    for (let attempt = 1; ; attempt++) {
      let told: number | undefined;
      try {
        return await next(request);
      } catch (error) {
        const { code, metadata } = ConnectError.from(error);
        const again = attempt < policy.maxAttempts && policy.codes.has(code);
        told = pushback(metadata);
        if (!again || told === Number.POSITIVE_INFINITY || request.signal.aborted) throw error;
      }
      // As gRPC does it: at random, so that callers who failed together do not come back together.
      await pause(told ?? Math.min(wait, policy.maxBackoffMs) * (0.8 + 0.4 * random()), request.signal);
      wait = told === undefined ? wait * policy.backoffMultiplier : policy.initialBackoffMs;
    }
  };
}

/**
 * Milliseconds to wait, when the server says so; infinity when it says that there should be no other try. What can't be
 * read says that too: https://github.com/grpc/proposal/blob/master/A6-client-retries.md#pushback
 */
function pushback(metadata: Headers): number | undefined {
  const text = metadata.get(PUSHBACK);
  if (text === null) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
}

function policyOf(policies: readonly RetryPolicy[], service: string, method: string): RetryPolicy | undefined {
  return policies.find(({ names }) => names.has(service) || names.has(`${service}/${method}`));
}

/** Waits, but not longer than the call may take. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
