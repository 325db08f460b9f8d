import * as http from "node:http";
import * as https from "node:https";
import { createGrpcTransport, createGrpcWebTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { baseUrlOf } from "./address.js";
import { type ClientOptions, DEFAULT_TIMEOUT_MS, interceptors, MAX_MESSAGE_BYTES, TakoClient } from "./client.js";

export * from "./public.js";

const DEFAULT_ADDRESS = "127.0.0.1:50051";
/** A server that has vanished is noticed, and a connection that has been idle is tried before it is used. */
const PINGS = { pingIntervalMs: 60_000, pingTimeoutMs: 20_000 };

/** How the server shows that it is the right one, and the client too, where the server asks for that. */
export interface TlsOptions {
  /** Authorities to trust instead of those of Node, PEM. */
  readonly ca?: string | Buffer;
  /** Name to expect in the certificate, when it is not that of the address. */
  readonly servername?: string;
  /** Certificate and key of the client, PEM. */
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}

export interface NodeClientOptions extends ClientOptions {
  /**
   * `host:port`, `http://host:port` or `https://host:port` of the server; for `grpc-web` that of the gateway. Without a
   * scheme it is TLS, unless the server is on this machine. By default `127.0.0.1:50051`.
   */
  readonly address?: string | undefined;
  /** `grpc` to the server or through the gateway; `grpc-web` through the gateway, where HTTP/2 does not get through. */
  readonly transport?: "grpc" | "grpc-web" | undefined;
  /** Switches TLS on or off, whatever the address. Without it everything, keys as well, goes in plain text. */
  readonly tls?: boolean | TlsOptions | undefined;
}

/** A client for Node. It connects at the first call, and again when the connection is lost. */
export function createTakoClient(options: NodeClientOptions = {}): TakoClient {
  const { address = DEFAULT_ADDRESS, transport = "grpc", tls } = options;
  const secure = typeof tls === "object" ? tls : undefined;
  const baseUrl = baseUrlOf(address, secure ? true : (tls as boolean | undefined));
  const shared = {
    baseUrl,
    interceptors: interceptors(options),
    defaultTimeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    readMaxBytes: MAX_MESSAGE_BYTES,
  };
  if (transport === "grpc") {
    const sessionManager = new Http2SessionManager(baseUrl, PINGS, secure);
    return new TakoClient(createGrpcTransport({ ...shared, sessionManager }), () => sessionManager.abort());
  }
  const agent = baseUrl.startsWith("https:")
    ? new https.Agent({ ...secure, keepAlive: true })
    : new http.Agent({ keepAlive: true });
  const web = createGrpcWebTransport({ ...shared, httpVersion: "1.1", nodeOptions: { agent } });
  return new TakoClient(web, () => agent.destroy());
}
