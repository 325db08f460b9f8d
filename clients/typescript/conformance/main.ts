/** Runs the table over gRPC, and what the gateway can reach also over gRPC-Web. A case counts once: it passes on both. */
import { readFileSync } from "node:fs";
import { type CallOptions, createTakoClient, TakoError } from "@tako-api/client";
import { ask } from "./asking.js";
import { judgeAnswer, judgeError } from "./judging.js";
import type { Case, Table } from "./table.js";

type Transport = "grpc" | "grpc-web";

async function main(): Promise<void> {
  const table = JSON.parse(readFileSync(setting("TAKO_TEST_CASES"), "utf8")) as Table;
  let failed = 0;
  for (const one of table.cases) {
    const wrong: string[] = [];
    for (const transport of transports(one)) {
      wrong.push(...(await run(one, transport)).map((text) => `over ${transport}, ${text}`));
    }
    if (wrong.length === 0) continue;
    failed += 1;
    console.log(`failed ${one.id}: ${wrong.join("; ")}`);
  }
  console.log(`typescript: ${table.cases.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** The gateway stands before the open server, so what is asked of that can be asked in both ways. */
function transports({ server }: Case): Transport[] {
  if (server === "web") return ["grpc-web"];
  return server === "open" ? ["grpc", "grpc-web"] : ["grpc"];
}

/** What is wrong; empty when the case passes. */
async function run(one: Case, transport: Transport): Promise<string[]> {
  const client = createTakoClient({
    address: transport === "grpc" ? setting(`TAKO_TEST_${one.server.toUpperCase()}`) : setting("TAKO_TEST_WEB"),
    transport,
    apiKey: resolved(one.options.api_key),
    adminToken: resolved(one.options.admin_token),
    ...(one.server === "tls" && { tls: { ca: readFileSync(setting("TAKO_TEST_CA")) } }),
  });
  const { timeout_ms: timeoutMs, cancel_after_ms: cancelAfter, metadata } = one.options;
  const canceled = new AbortController();
  const timer = cancelAfter === undefined ? undefined : setTimeout(() => canceled.abort(), cancelAfter);
  try {
    const options: CallOptions = {
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(metadata !== undefined && { headers: metadata }),
      signal: canceled.signal,
    };
    return judgeAnswer(one, await ask(client, transport === "grpc" ? one : again(one), options));
  } catch (error) {
    if (!(error instanceof TakoError)) throw error;
    return judgeError(one, error);
  } finally {
    clearTimeout(timer);
    client.close();
  }
}

/** The made-up provider remembers what it was asked: one more word makes this another question of the same kind. */
function again(one: Case): Case {
  const { query, providers } = one.request;
  const remembered = Array.isArray(providers) && providers.includes("conformance") && providers.length === 1;
  return remembered ? { ...one, request: { ...one.request, query: `${query} web` } } : one;
}

/** `$NAME` is that variable of the environment. */
function resolved(value: string | undefined): string | undefined {
  return value?.startsWith("$") ? setting(value.slice(1)) : value;
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; \`make clients-test\` sets it`);
  return value;
}

await main();
