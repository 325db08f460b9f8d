const GRPC_PORT = "50051";
const HTTPS_PORT = "443";

/**
 * The base URL that an address means. Throws TypeError.
 *
 * `https://` is TLS, `http://` is not. Without a scheme it is TLS, unless the server is on this machine: keys should not
 * travel in the clear because somebody forgot a letter. `tls` says it outright.
 */
export function baseUrlOf(address: string, tls?: boolean): string {
  const [, scheme, place = ""] = /^(?:([a-z]+):\/\/)?([^/?#@\s]+)\/?$/i.exec(address) ?? [];
  const port = /:(\d+)$/.exec(place)?.[1];
  const host = port === undefined ? place : place.slice(0, -port.length - 1);
  // A port of HTTP's own would be left out of a URL, so it is kept apart.
  if (!URL.canParse(`http://${host}`) || new URL(`http://${host}`).port !== "" || Number(port ?? 1) > 65535) {
    // It is not repeated: a password may be in it, and errors are logged.
    throw new TypeError("address must be host:port, http://host:port or https://host:port");
  }
  if (scheme !== undefined && scheme !== "http" && scheme !== "https") {
    throw new TypeError(`address: ${scheme}:// is not http:// or https://`);
  }
  const meant = scheme === undefined ? !isHere(new URL(`http://${host}`).hostname) : scheme === "https";
  if (scheme !== undefined && tls !== undefined && tls !== meant) {
    throw new TypeError(`tls: ${tls} does not go with ${scheme}://`);
  }
  return `${(tls ?? meant) ? "https" : "http"}://${host}:${port ?? (scheme === "https" ? HTTPS_PORT : GRPC_PORT)}`;
}

function isHere(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
