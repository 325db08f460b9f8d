/** The shared table, clients/conformance/cases.json; its README says what each field means. */
import type { JsonObject, JsonValue } from "@bufbuild/protobuf";

export interface Table {
  readonly cases: readonly Case[];
}

export interface Case {
  readonly id: string;
  readonly kind: "unary" | "pages" | "stream" | "cancel" | "health";
  readonly server: "open" | "keyed" | "tls" | "full" | "web";
  readonly call: string;
  readonly request: JsonObject;
  readonly options: {
    readonly timeout_ms?: number;
    readonly api_key?: string;
    readonly admin_token?: string;
    readonly metadata?: Readonly<Record<string, string>>;
    readonly cancel_after_ms?: number;
  };
  readonly expect: {
    readonly response?: readonly Check[];
    readonly events?: readonly Check[];
    readonly error?: ExpectedError;
  };
}

export interface ExpectedError {
  readonly code: string;
  readonly reason?: string;
  readonly domain?: string;
  readonly details?: readonly { readonly type: string; readonly checks: readonly Check[] }[];
  readonly retryable?: boolean;
}

export interface Check {
  readonly path: string;
  readonly equals?: JsonValue;
  readonly present?: boolean;
  readonly count?: number;
  readonly contains?: JsonValue;
  readonly at_least?: number;
  readonly ids?: readonly string[];
}
