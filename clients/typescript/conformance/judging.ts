/** What an error or an answer lacks of what the table expects. */
import type { JsonObject, JsonValue } from "@bufbuild/protobuf";
import { Code, type TakoError } from "@tako-api/client";
import { broken } from "./checks.js";
import type { Case } from "./table.js";

/** What is wrong with an answer; empty when all is as expected. */
export function judgeAnswer({ expect }: Case, answer: JsonValue): string[] {
  const checks = expect.response ?? expect.events;
  if (checks === undefined) return [`an answer came, and an error was expected`];
  return checks.map((check) => broken(check, answer)).filter((wrong) => wrong !== undefined);
}

/** What is wrong with an error; empty when all is as expected. */
export function judgeError({ expect }: Case, error: TakoError): string[] {
  const wanted = expect.error;
  if (wanted === undefined) return [`${Code[error.code]} ${error.reason}: ${error.text}`];
  const wrong: string[] = [];
  const compare = (what: string, is: unknown, should: unknown) => {
    if (should !== undefined && is !== should) wrong.push(`${what} is ${is}, not ${should}`);
  };
  compare("code", codeName(error.code), wanted.code.replace("CANCELLED", "CANCELED"));
  compare("reason", error.reason, wanted.reason);
  compare("domain", error.domain, wanted.domain);
  compare("retryable", error.retryable, wanted.retryable);
  for (const { type, checks } of wanted.details ?? []) {
    const detail = details(error)[type];
    if (detail === undefined) wrong.push(`${type} is missing`);
    else wrong.push(...checks.map((check) => broken(check, detail)).filter((text) => text !== undefined));
  }
  return wrong;
}

/** The details as JSON, made from what the typed error says: so the table proves that nothing was lost on the way. */
function details(error: TakoError): Readonly<Record<string, JsonObject | undefined>> {
  return {
    "google.rpc.ErrorInfo": { reason: error.reason ?? "", domain: error.domain ?? "", metadata: { ...error.metadata } },
    "google.rpc.BadRequest": some(error.violations, (each) => ({ fieldViolations: each })),
    "google.rpc.PreconditionFailure": some(error.preconditions, (each) => ({ violations: each })),
    "google.rpc.ResourceInfo": error.resource && {
      resourceType: error.resource.type,
      resourceName: error.resource.name,
      description: error.resource.description,
    },
    "google.rpc.RetryInfo":
      error.retryAfterMs === undefined ? undefined : { retryDelay: `${error.retryAfterMs / 1000}s` },
    "google.rpc.RequestInfo": error.requestId === undefined ? undefined : { requestId: error.requestId },
  };
}

function some<T extends object>(all: readonly T[], made: (each: JsonObject[]) => JsonObject): JsonObject | undefined {
  return all.length === 0 ? undefined : made(all.map((one) => ({ ...one }) as JsonObject));
}

/** `Code.NotFound` as `NOT_FOUND`. */
function codeName(code: Code): string {
  return Code[code].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
}
