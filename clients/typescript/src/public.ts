/** What both entries give beside their own `createTakoClient`. */
export { type CallOptions, Code } from "@connectrpc/connect";
export { type ClientOptions, DEFAULT_TIMEOUT_MS, MAX_MESSAGE_BYTES, type ServingStatus, TakoClient } from "./client.js";
export { type Precondition, type Reason, type Resource, TakoError, type Violation } from "./errors.js";
export type { Service } from "./service.js";
