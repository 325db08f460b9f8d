import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createTakoClient } from "@tako-api/client";
import { baseUrlOf } from "#dist/address.js";
import { shippedPolicies } from "#dist/retry.js";

for (const [address, tls, url] of [
  ["127.0.0.1:50051", undefined, "http://127.0.0.1:50051"],
  ["localhost", undefined, "http://localhost:50051"],
  ["[::1]:1", undefined, "http://[::1]:1"],
  ["tako.example.org:80", undefined, "https://tako.example.org:80"],
  ["127.0.0.1.example.org:1", undefined, "https://127.0.0.1.example.org:1"],
  ["tako:50051", false, "http://tako:50051"],
  ["127.0.0.1:50051", true, "https://127.0.0.1:50051"],
  ["http://tako/", undefined, "http://tako:50051"],
  ["https://tako.example.org", undefined, "https://tako.example.org:443"],
  ["https://localhost:50051", true, "https://localhost:50051"],
] as const) {
  test(`${address} is ${url}`, () => assert.equal(baseUrlOf(address, tls), url));
}

for (const address of ["", "ftp://tako:1", "tako:port", "https://tako/path", "user@tako:1", "::1", "tako:123456"]) {
  test(`"${address}" is refused`, () => assert.throws(() => baseUrlOf(address), TypeError));
}

for (const address of ["me:hush@tako:1", "https://me:hush@tako", "http://me:hush @tako", "ftp://me:hush@tako"]) {
  test(`${address} is not repeated`, () =>
    assert.throws(
      () => baseUrlOf(address),
      (error) => error instanceof TypeError && !error.message.includes("hush"),
    ));
}

test("TLS that does not go with the scheme is refused", () => {
  assert.throws(() => baseUrlOf("http://tako:1", true), /does not go with/);
});

test("a key that can't travel is refused, and not repeated", () => {
  assert.throws(() => createTakoClient({ apiKey: "sécret\n" }), { message: "apiKey must be visible ASCII characters" });
});

test("the policy that is read is the file that is shipped", () => {
  const file = JSON.parse(readFileSync("src/gen/tako_grpc_service_config.json", "utf8"));
  const [shipped] = file.methodConfig;
  const [policy] = shippedPolicies;
  assert.equal(policy?.names.size, shipped.name.length);
  assert.equal(policy?.maxAttempts, shipped.retryPolicy.maxAttempts);
  assert.equal(policy?.initialBackoffMs, Number.parseFloat(shipped.retryPolicy.initialBackoff) * 1000);
});
