import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { type ClientOptions, DEFAULT_TIMEOUT_MS, interceptors, TakoClient } from "./client.js";

export * from "./public.js";

export interface WebClientOptions extends ClientOptions {
  /** URL of the gateway, such as `https://tako.example.org`. By default the page's own origin. */
  readonly baseUrl?: string;
}

/** A client for browsers: gRPC-Web through the gateway. Another origin than the page's must allow it (CORS). */
export function createTakoClient(options: WebClientOptions = {}): TakoClient {
  return new TakoClient(
    createGrpcWebTransport({
      baseUrl: options.baseUrl ?? globalThis.location.origin,
      interceptors: interceptors(options),
      defaultTimeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    }),
  );
}
