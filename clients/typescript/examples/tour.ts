// Search, stream, detail, trending, an error, health. Run it against `make demo`.
import { createTakoClient, TakoError } from "@tako-api/client";
import { Feed_Type, Item_Kind, ProviderOutcome_Status } from "@tako-api/client/v1";

const tako = createTakoClient({ address: process.argv[2] ?? "127.0.0.1:50051" });
try {
  const found = await tako.books.search({ query: "sample lighthouse", providers: ["openlibrary"] });
  for (const item of found.items) console.log(Item_Kind[item.kind], item.id, item.title, item.year ?? "");
  for (const { provider, status } of found.outcomes) console.log(provider, ProviderOutcome_Status[status]);

  // All pages, each asked when the loop gets there.
  let count = 0;
  for await (const _ of tako.books.searchAll({ query: "sample lighthouse", providers: ["openlibrary"], pageSize: 1 }))
    count++;
  console.log("all pages:", count);

  // Each provider's items the moment it answers. Leaving the loop ends the call.
  for await (const { event } of tako.catalog.searchStream({ query: "sample lighthouse", domains: ["books"] })) {
    if (event.case === "items") console.log("stream:", event.value.provider, event.value.items.length, "items");
    if (event.case === "outcome")
      console.log("stream:", event.value.provider, ProviderOutcome_Status[event.value.status]);
  }

  const first = found.items[0];
  if (first === undefined) throw new Error("the samples have no lighthouse");
  const { item } = await tako.books.detail({ id: first.id });
  if (item?.details.case === "book") console.log("detail:", item.title, "has", item.details.value.pageCount, "pages");

  const trending = await tako.books.trending({ feed: Feed_Type.TRENDING, providers: ["openlibrary"] });
  for (const item of trending.items) console.log("trending:", item.context?.position, item.title);

  try {
    await tako.books.search({ query: "x", pageSize: -1 }, { timeoutMs: 5_000 });
  } catch (error) {
    if (!(error instanceof TakoError)) throw error;
    console.log(
      "error:",
      error.reason,
      error.violations.map(({ field }) => field),
      "retryable:",
      error.retryable,
    );
  }

  console.log("health:", await tako.checkHealth());
} finally {
  tako.close();
}
