// The API key, when the server wants one: asked for in a dialog, kept until the tab is closed, never in an address.

import { el } from "./dom.js";
import { say } from "./texts.js";

const KEPT = "tako.key";

let inMemory = null;
let asking = null;

/** The key, or null. */
export function apiKey() {
  try {
    return sessionStorage.getItem(KEPT) ?? inMemory;
  } catch {
    return inMemory;
  }
}

function keep(key) {
  inMemory = key;
  try {
    if (key) sessionStorage.setItem(KEPT, key);
    else sessionStorage.removeItem(KEPT);
  } catch {
    // Storage is closed to this page: the key holds until it is left.
  }
}

/** Ask for a key in place of `refused`; true when there is another one now. Many who ask at once share one dialog. */
export async function askForKey(refused) {
  const now = apiKey();
  if (now !== refused && now) return true;
  asking ??= dialog(Boolean(refused)).finally(() => {
    asking = null;
  });
  return asking;
}

function dialog(wasRefused) {
  const field = el("input", {
    id: "key", type: "password", required: true, pattern: "[!-~]+", autocomplete: "off", spellcheck: "false", "aria-describedby": "key-why",
  });
  const box = el(
    "dialog.dialog",
    { "aria-labelledby": "key-title" },
    el(
      "form",
      { method: "dialog" },
      el("h2", { id: "key-title" }, say("key.title")),
      el("p", { id: "key-why" }, say(wasRefused ? "key.refused" : "key.why")),
      el("label", { for: "key" }, say("key.label")),
      field,
      el(
        "div.buttons",
        {},
        el("button.quiet", { type: "button", onclick: () => box.close() }, say("cancel")),
        el("button", { type: "submit" }, say("key.use")),
      ),
    ),
  );
  document.body.append(box);
  return new Promise((resolve) => {
    let given = false;
    box.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      given = true;
      keep(field.value.trim());
      box.close();
    });
    box.addEventListener("close", () => {
      box.remove();
      resolve(given);
    });
    box.showModal();
  });
}
