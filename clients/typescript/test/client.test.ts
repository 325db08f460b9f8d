import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Code, createTakoClient, type NodeClientOptions, type TakoClient, TakoError } from "@tako-api/client";
import type { BooksSearchRequest } from "@tako-api/client/v1";
import { type Answer, failure, type Loopback, left, loopback } from "./loopback.js";

const WITHIN = { timeout: 30_000 };
const ANSWER: Answer = { items: [{ id: "one" }] };

let server: Loopback;
let tako: TakoClient;

async function start(answer: (request: BooksSearchRequest) => Answer | "hang", options: NodeClientOptions = {}) {
  server = await loopback(answer);
  tako = createTakoClient({ address: server.address, ...options });
}

afterEach(async () => {
  tako.close();
  await server.close();
});

function thrown(check: (error: TakoError) => void) {
  return (error: unknown) => {
    assert(error instanceof TakoError);
    check(error);
    return true;
  };
}

test("a call without a deadline gets 30 seconds", WITHIN, async () => {
  await start(() => ANSWER);
  const { items } = await tako.books.search({ query: "dune" });
  assert.deepEqual(
    items.map(({ id }) => id),
    ["one"],
  );
  const left = server.asked[0]?.context.timeoutMs() ?? 0;
  assert(left > 20_000 && left <= 30_000, `${left} ms`);
});

test("a call's own deadline counts, and its error is typed", WITHIN, async () => {
  await start(() => "hang");
  await assert.rejects(
    tako.books.search({ query: "dune" }, { timeoutMs: 200 }),
    thrown((error) => {
      assert.equal(error.code, Code.DeadlineExceeded);
      assert.equal(error.reason, undefined);
    }),
  );
});

test("key and token go with every call", WITHIN, async () => {
  await start(() => ANSWER, { apiKey: "key", adminToken: "token" });
  await tako.books.search({ query: "dune" });
  const headers = server.asked[0]?.context.requestHeader;
  assert.equal(headers?.get("x-api-key"), "key");
  assert.equal(headers?.get("authorization"), "Bearer token");
});

test("a read that nobody answered is tried twice more", WITHIN, async () => {
  await start(() => {
    if (server.asked.length < 3) throw failure(Code.Unavailable, "PROVIDER_UNREACHABLE");
    return ANSWER;
  });
  assert.equal((await tako.books.search({ query: "dune" })).items.length, 1);
  assert.equal(server.asked.length, 3);
});

test("the last error is told when no try helps", WITHIN, async () => {
  await start(() => {
    throw failure(Code.Unavailable, "PROVIDER_UNREACHABLE");
  });
  await assert.rejects(
    tako.books.search({ query: "dune" }),
    thrown((error) => assert.equal(error.reason, "PROVIDER_UNREACHABLE")),
  );
  assert.equal(server.asked.length, 3);
});

for (const pushback of ["-1", "soon", "99999999999"]) {
  test(`a server that says ${pushback} is not asked again`, WITHIN, async () => {
    await start(() => {
      throw failure(Code.Unavailable, "PROVIDER_BLOCKED", { "grpc-retry-pushback-ms": pushback });
    });
    await assert.rejects(
      tako.books.search({ query: "dune" }),
      thrown((error) => assert.equal(error.reason, "PROVIDER_BLOCKED")),
    );
    assert.equal(server.asked.length, 1);
  });
}

test("a server that says when is asked then", WITHIN, async () => {
  const times: number[] = [];
  await start(() => {
    times.push(performance.now());
    if (times.length > 1) return ANSWER;
    throw failure(Code.Unavailable, "PROVIDER_UNREACHABLE", { "grpc-retry-pushback-ms": "700" });
  });
  await tako.books.search({ query: "dune" });
  assert.equal(times.length, 2);
  // The policy alone would have waited for 0.24 s at most. A timer may be a little early.
  assert(times[1]! - times[0]! > 650, `${times[1]! - times[0]!} ms`);
});

test("no try goes beyond the deadline", WITHIN, async () => {
  await start(() => {
    throw failure(Code.Unavailable, "PROVIDER_UNREACHABLE");
  });
  await assert.rejects(
    tako.books.search({ query: "dune" }, { timeoutMs: 100 }),
    thrown((error) => assert.equal(error.code, Code.DeadlineExceeded)),
  );
  assert.equal(server.asked.length, 1);
});

test("what changes something is not tried again", WITHIN, async () => {
  await start(() => ANSWER);
  await assert.rejects(
    tako.admin.runJob({}),
    thrown((error) => assert.equal(error.reason, "STORE_UNAVAILABLE")),
  );
  assert.equal(server.asked.length, 1);
});

test("pages are asked one after the other, and only when they are needed", WITHIN, async () => {
  const pages: Record<string, Answer> = {
    "": { items: [{ id: "1" }, { id: "2" }], nextPageToken: "second" },
    second: { nextPageToken: "third" }, // a page may be empty, and another may follow
    third: { items: [{ id: "3" }] },
  };
  await start(({ pageToken }) => pages[pageToken]!);
  const all = tako.books.searchAll({ query: "dune" });
  assert.equal(server.asked.length, 0);
  assert.equal((await all.next()).value?.id, "1");
  assert.equal(server.asked.length, 1);
  const ids: string[] = [];
  for await (const { id } of all) ids.push(id);
  assert.deepEqual(ids, ["2", "3"]);
  assert.equal((server.asked[2]!.request as BooksSearchRequest).query, "dune");
  const sizes: number[] = [];
  for await (const page of tako.books.searchPages({ query: "dune" })) sizes.push(page.items.length);
  assert.deepEqual(sizes, [2, 0, 1]);
});

test("leaving a loop over a stream ends the call", WITHIN, async () => {
  await start(() => ANSWER);
  for await (const { event } of tako.catalog.searchStream({ query: "dune" })) {
    assert.equal(event.case, "started");
    break;
  }
  await assert.rejects(left(server.asked[0]!.context.signal)); // ends when the server has seen it
});

test("a signal ends a call", WITHIN, async () => {
  await start(() => "hang");
  const controller = new AbortController();
  const call = tako.books.search({ query: "dune" }, { signal: controller.signal });
  while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  await assert.rejects(
    call,
    thrown((error) => assert.equal(error.code, Code.Canceled)),
  );
  await assert.rejects(left(server.asked[0]!.context.signal));
});

test("a server that is not there is retryable", WITHIN, async () => {
  await start(() => ANSWER);
  await server.close();
  await assert.rejects(
    tako.books.search({ query: "dune" }),
    thrown((error) => {
      assert.equal(error.code, Code.Unavailable);
      assert.equal(error.retryable, true);
    }),
  );
});
