import * as http2 from "node:http2";
import type { AddressInfo } from "node:net";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";
import { ErrorInfoSchema } from "@tako-api/client/rpc";
import type { SearchResponseSchema } from "@tako-api/client/v1";
import { AdminService, type BooksSearchRequest, BooksService, CatalogService } from "@tako-api/client/v1";

/** One call that came in. */
export interface Asked {
  readonly request: unknown;
  readonly context: HandlerContext;
}

export type Answer = MessageInitShape<typeof SearchResponseSchema>;

/** A gRPC server of the test's own: it answers as the test says, and remembers what it was asked. */
export interface Loopback {
  readonly address: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** Starts one. `hang` as an answer never comes. */
export async function loopback(answer: (request: BooksSearchRequest) => Answer | "hang"): Promise<Loopback> {
  const asked: Asked[] = [];
  const handle = connectNodeAdapter({
    routes(router) {
      router.service(BooksService, {
        search(request, context) {
          asked.push({ request, context });
          const given = answer(request);
          return given === "hang" ? left(context.signal) : given;
        },
      });
      router.service(CatalogService, {
        async *searchStream(request, context) {
          asked.push({ request, context });
          yield { event: { case: "started" as const, value: {} } };
          await left(context.signal);
        },
      });
      router.service(AdminService, {
        runJob(request, context) {
          asked.push({ request, context });
          throw failure(Code.Unavailable, "STORE_UNAVAILABLE");
        },
      });
    },
  });
  const server = http2.createServer(handle);
  const sessions = new Set<http2.ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}

/** What a Tako server would raise. */
export function failure(code: Code, reason: string, trailers?: HeadersInit): ConnectError {
  return new ConnectError("as the test says", code, trailers, [
    { desc: ErrorInfoSchema, value: { reason, domain: "tako", metadata: { provider: "lego" } } },
  ]);
}

/** Ends when the caller has left. */
export function left(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
