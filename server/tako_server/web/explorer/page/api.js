// Questions to this server: JSON answers, streams of events, and errors in one form. Every wait has an end.

import { apiKey, askForKey } from "./access_key.js";

const UNARY_DEADLINE = 130000; // the gateway gives up at 125 s, and says so
const STREAM_DEADLINE = 310000; // the gateway ends a stream at 300 s
const LONGEST_LINE = 32 * 1024 * 1024; // the gateway's own limit for an answer

/** What the server, or the way to it, said instead of an answer. */
export class ApiError extends Error {
  constructor(message, { status = 0, reason = "", retryAfter = null, details = [] } = {}) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.details = details;
  }
}

/** The path of a question: parameters that are empty are left out, lists are repeated. */
export function pathOf(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "" && one !== false) query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** The JSON answer of a GET. Raises ApiError, or AbortError when `signal` says so. */
export async function ask(path, parameters, signal) {
  const answer = await request(pathOf(path, parameters), limited(signal, UNARY_DEADLINE), signal);
  return reading(signal, () => answer.json());
}

/** The events of a stream of JSON lines. */
export async function* events(path, parameters, signal) {
  const answer = await request(pathOf(path, parameters), limited(signal, STREAM_DEADLINE), signal);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reading(signal, () => reader.read());
      const lines = (rest + (value ?? "")).split("\n");
      rest = done ? "" : lines.pop();
      if (rest.length > LONGEST_LINE) throw new ApiError("", { reason: "TOO_LONG" });
      for (const line of lines) {
        if (line.trim()) yield reading(signal, () => JSON.parse(line));
      }
      if (done) return;
    }
  } finally {
    reader.cancel().catch(() => {}); // it may have ended already
  }
}

function limited(signal, deadline) {
  const limit = AbortSignal.timeout(deadline);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

async function request(path, limit, signal) {
  for (;;) {
    const key = apiKey();
    const answer = await reading(signal, () =>
      fetch(path, { signal: limit, headers: key ? { "x-api-key": key } : {}, credentials: "omit" }),
    );
    if (answer.ok) return answer;
    const error = await failure(answer);
    if (error.reason !== "API_KEY_INVALID" || !(await askForKey(key))) throw error;
  }
}

/** The error of an answer: google.rpc.Status as JSON, or whatever else came. */
async function failure(answer) {
  const retryAfter = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
  const facts = { status: answer.status, retryAfter: Number.isNaN(retryAfter) ? null : retryAfter };
  try {
    const { message, details = [] } = await answer.json();
    const info = details.find((detail) => detail["@type"]?.endsWith("/google.rpc.ErrorInfo"));
    return new ApiError(message ?? "", { ...facts, details, reason: info?.reason ?? "" });
  } catch {
    return new ApiError(answer.statusText, facts);
  }
}

/** What fails on the way gets the form of the other errors; what was given up stays what it is. */
async function reading(signal, doing) {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof ApiError || signal?.aborted) throw error;
    const reason = error.name === "TimeoutError" ? "DEADLINE" : error instanceof SyntaxError ? "NOT_JSON" : "OFFLINE";
    throw new ApiError(error.message, { reason });
  }
}
