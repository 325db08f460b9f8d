/** One case, asked through the client as its users have it. */
import {
  createRegistry,
  type DescMessage,
  type DescService,
  fromJson,
  type JsonValue,
  type Message,
  toJson,
} from "@bufbuild/protobuf";
import type { CallOptions, TakoClient } from "@tako-api/client";
import { file_google_rpc_error_details } from "@tako-api/client/rpc";
import * as v1 from "@tako-api/client/v1";
import type { Case } from "./table.js";

type Ask = (request: Message, options: CallOptions) => Promise<Message>;
type Walk = (request: Message, options: CallOptions) => AsyncIterable<Message>;
/** The names of methods come from the table, so their types are said here. */
type Methods = Readonly<Record<string, Ask>> & Readonly<Record<string, Walk>>;

/** Services in use: the name in the client, and the description. */
const SERVICES: Readonly<Record<string, readonly [keyof TakoClient, DescService]>> = {
  "tako.v1.BooksService": ["books", v1.BooksService],
  "tako.v1.BoardGamesService": ["boardGames", v1.BoardGamesService],
  "tako.v1.MusicService": ["music", v1.MusicService],
  "tako.v1.CatalogService": ["catalog", v1.CatalogService],
  "tako.v1.ProviderService": ["providers", v1.ProviderService],
  "tako.v1.AdminService": ["admin", v1.AdminService],
};

/** BatchDetail has errors in its answer, whose details JSON can only show when it knows them. */
const registry = createRegistry(file_google_rpc_error_details);

/** The answer as proto3 JSON: one object, or the list of a stream's events. */
export async function ask(client: TakoClient, one: Case, options: CallOptions): Promise<JsonValue> {
  if (one.kind === "health") return { status: await client.checkHealth(String(one.request["service"]), options) };
  const [serviceName = "", methodName = ""] = one.call.split("/");
  const [property, description] = SERVICES[serviceName] ?? [];
  const method = description?.methods.find(({ name }) => name === methodName);
  if (property === undefined || method === undefined) throw new Error(`${one.call} is not among those in use`);
  const service: Methods = client[property] as never;
  const unary: Ask = service[method.localName]!;
  const stream: Walk = service[method.localName]!;
  const all: Walk = service[`${method.localName}All`]!;
  const request = fromJson(method.input, one.request);
  const json = (schema: DescMessage, message: Message) => toJson(schema, message, { registry });

  if (one.kind === "pages") {
    const items = await collect(all(request, options));
    return { items: items.map((item) => json(v1.ItemSchema, item)) };
  }
  if (method.methodKind === "server_streaming") {
    const controller = new AbortController();
    const events: JsonValue[] = [];
    for await (const event of stream(request, { ...options, signal: controller.signal })) {
      events.push(json(method.output, event));
      if (one.kind === "cancel") controller.abort();
    }
    return events;
  }
  return json(method.output, await unary(request, options));
}

async function collect<T>(elements: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const element of elements) all.push(element);
  return all;
}
