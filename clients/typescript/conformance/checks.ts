import { isDeepStrictEqual } from "node:util";
import type { JsonValue } from "@bufbuild/protobuf";
import type { Check } from "./table.js";

/** What is wrong with a JSON document, in words; undefined when the check holds. */
export function broken(check: Check, document: JsonValue): string | undefined {
  const found = find(document, steps(check.path));
  const { path: _, ...test } = check;
  return holds(check, found) ? undefined : `${check.path || "the whole"}: ${short(test)}, but it is ${short(found)}`;
}

function holds(check: Check, found: JsonValue | undefined): boolean {
  if (check.equals !== undefined) return isDeepStrictEqual(found, check.equals);
  if (check.present !== undefined) return (found !== undefined) === check.present;
  if (check.count !== undefined) return Array.isArray(found) && found.length === check.count;
  if (check.at_least !== undefined) return Number(Array.isArray(found) ? found.length : found) >= check.at_least;
  if (check.ids !== undefined) return Array.isArray(found) && isDeepStrictEqual(found.map(id), check.ids);
  const wanted = check.contains;
  if (wanted === undefined) throw new Error(`no test is named at ${check.path}`);
  if (Array.isArray(found)) return found.some((element) => isDeepStrictEqual(element, wanted));
  return typeof found === "string" && typeof wanted === "string" && found.includes(wanted);
}

/** `a[0].b[*]` as `["a", 0, "b", "*"]`. */
function steps(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+|\*)\]|[^.[\]]+/g)].map(([word, index]) =>
    index === undefined ? word : index === "*" ? "*" : Number(index),
  );
}

function find(value: JsonValue | undefined, [step, ...rest]: (string | number)[]): JsonValue | undefined {
  if (step === undefined) return value;
  if (step === "*") {
    const found = (Array.isArray(value) ? value : []).map((element) => find(element, rest));
    const present = found.filter((element) => element !== undefined);
    return rest.includes("*") ? (present as JsonValue[][]).flat() : present;
  }
  if (typeof step === "number") return Array.isArray(value) ? find(value[step], rest) : undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return find(value[step], rest);
}

function id(element: JsonValue): JsonValue | undefined {
  return find(element, ["id"]);
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}
