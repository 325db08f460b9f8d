import type { DescMessage, DescMethodUnary, DescService, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import { type CallOptions, type Client, createClient, type Transport } from "@connectrpc/connect";
import { TakoError } from "./errors.js";

/** What a page lists, or `never` where an answer is no page. */
type Listed<Answer> = Answer extends { nextPageToken: string; items: Array<infer Element> }
  ? Element
  : Answer extends { nextPageToken: string; terms: Array<infer Element> }
    ? Element
    : never;

type Walk<I extends DescMessage, Found> = (
  request: MessageInitShape<I>,
  options?: CallOptions,
) => AsyncGenerator<Found, void, undefined>;

/** Names of the methods that answer with a page. */
type Paged<Methods> = {
  [M in keyof Methods]: Methods[M] extends DescMethodUnary<DescMessage, infer O>
    ? [Listed<MessageShape<O>>] extends [never]
      ? never
      : M
    : never;
}[keyof Methods] &
  string;

/** `search` gives one page; `searchPages` all pages, and `searchAll` all that they list, each asked when it is needed. */
export type Service<S extends DescService> = Client<S> & {
  readonly [M in Paged<S["method"]> as `${M}Pages`]: S["method"][M] extends DescMethodUnary<infer I, infer O>
    ? Walk<I, MessageShape<O>>
    : never;
} & {
  readonly [M in Paged<S["method"]> as `${M}All`]: S["method"][M] extends DescMethodUnary<infer I, infer O>
    ? Walk<I, Listed<MessageShape<O>>>
    : never;
};

type Unary = (request: object, options?: CallOptions) => Promise<object>;
type Streaming = (request: object, options?: CallOptions) => AsyncIterable<object>;
interface Page {
  readonly nextPageToken: string;
  readonly items?: readonly object[];
  readonly terms?: readonly object[];
}

/** A client of one service that throws TakoError, cancels a stream that is left, and walks through pages. */
export function createService<S extends DescService>(service: S, transport: Transport): Service<S> {
  // The types above say what is built here; inside, methods are looked up by name.
  const plain = createClient(service, transport) as unknown as Record<string, Unary & Streaming>;
  const made: Record<string, unknown> = {};
  for (const method of service.methods) {
    const call = plain[method.localName]!;
    if (method.methodKind !== "unary") {
      made[method.localName] = streaming(call);
      continue;
    }
    const ask = unary(call);
    made[method.localName] = ask;
    if (method.output.fields.some((field) => field.name === "next_page_token")) {
      made[`${method.localName}Pages`] = (request: object, options?: CallOptions) => pages(ask, request, options);
      made[`${method.localName}All`] = (request: object, options?: CallOptions) => all(ask, request, options);
    }
  }
  return made as Service<S>;
}

function unary(call: Unary): Unary {
  return async (request, options) => {
    try {
      return await call(request, options);
    } catch (error) {
      throw TakoError.from(error);
    }
  };
}

function streaming(call: Streaming): Streaming {
  return async function* (request, options) {
    // Connect does not notice that a loop over a stream is left: the call would go on until its deadline.
    const left = new AbortController();
    const signal = options?.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
    try {
      yield* call(request, { ...options, signal });
    } catch (error) {
      throw TakoError.from(error);
    } finally {
      left.abort();
    }
  };
}

async function* pages(ask: Unary, request: object, options?: CallOptions): AsyncGenerator<Page, void, undefined> {
  let question = request;
  for (;;) {
    const page = (await ask(question, options)) as Page;
    yield page;
    if (page.nextPageToken === "") return;
    question = { ...request, pageToken: page.nextPageToken };
  }
}

async function* all(ask: Unary, request: object, options?: CallOptions): AsyncGenerator<object, void, undefined> {
  for await (const page of pages(ask, request, options)) yield* page.items ?? page.terms ?? [];
}
