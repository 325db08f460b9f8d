import assert from "node:assert/strict";
import { test } from "node:test";
import { create, type DescMessage, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { Code, TakoError } from "@tako-api/client";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  PreconditionFailureSchema,
  RequestInfoSchema,
  ResourceInfoSchema,
  RetryInfoSchema,
} from "@tako-api/client/rpc";
import { BatchDetailResponseSchema } from "@tako-api/client/v1";

function packed<D extends DescMessage>(schema: D, value: MessageInitShape<D>) {
  return { typeUrl: `type.googleapis.com/${schema.typeName}`, value: toBinary(schema, create(schema, value)) };
}

function raised(code: Code, ...details: ReturnType<typeof packed>[]): TakoError {
  const error = { code, message: "LEGO answers with a wall", details };
  const answer = create(BatchDetailResponseSchema, {
    results: [{ id: "lego/building_set/1", result: { case: "error", value: error } }],
  });
  const result = answer.results[0]?.result;
  assert(result?.case === "error");
  return TakoError.fromStatus(result.value);
}

const INFO = packed(ErrorInfoSchema, { reason: "PROVIDER_BLOCKED", domain: "tako", metadata: { provider: "lego" } });

test("every detail has its place", () => {
  const error = raised(
    Code.Unavailable,
    INFO,
    packed(RetryInfoSchema, { retryDelay: { seconds: 60n, nanos: 500_000_000 } }),
    packed(BadRequestSchema, { fieldViolations: [{ field: "page_size", description: "must be more" }] }),
    packed(PreconditionFailureSchema, { violations: [{ type: "SETTING", subject: "KEY", description: "x" }] }),
    packed(ResourceInfoSchema, { resourceType: "tako.v1.Item", resourceName: "a/b/1" }),
    packed(RequestInfoSchema, { requestId: "mine" }),
  );
  assert(error instanceof Error);
  assert.equal(error.name, "TakoError");
  assert.equal(error.code, Code.Unavailable);
  assert.equal(error.text, "LEGO answers with a wall");
  assert.equal(error.reason, "PROVIDER_BLOCKED");
  assert.equal(error.domain, "tako");
  assert.deepEqual(error.metadata, { provider: "lego" });
  assert.equal(error.retryAfterMs, 60_500);
  assert.deepEqual(error.violations, [{ field: "page_size", description: "must be more" }]);
  assert.deepEqual(error.preconditions, [{ type: "SETTING", subject: "KEY", description: "x" }]);
  assert.deepEqual(error.resource, { type: "tako.v1.Item", name: "a/b/1", description: "" });
  assert.equal(error.requestId, "mine");
  assert.equal(error.retryable, true);
});

test("unavailable for a reason, and without a time, is not retryable", () => {
  assert.equal(raised(Code.Unavailable, INFO).retryable, false);
  assert.equal(raised(Code.Unavailable).retryable, true);
});

test("a detail that is broken hides nothing else", () => {
  const broken = { typeUrl: "type.googleapis.com/google.rpc.RetryInfo", value: new Uint8Array([1]) };
  const error = raised(Code.NotFound, broken, INFO);
  assert.equal(error.retryAfterMs, undefined);
  assert.equal(error.reason, "PROVIDER_BLOCKED");
});

test("what is not of gRPC keeps its cause", () => {
  const cause = new TypeError("odd");
  const error = TakoError.from(cause);
  assert.equal(error.code, Code.Unknown);
  assert.equal((error.cause as Error).cause, cause);
  assert.equal(TakoError.from(error), error);
});
