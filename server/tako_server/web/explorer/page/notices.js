// What is said when there is nothing to show, and why.

import { el } from "./dom.js";
import { addressOf } from "./routes.js";
import { hasWord, say, word } from "./texts.js";

const SAMPLE_WORDS = ["sample harbour", "sample lantern", "sample tide", "sample griffin", "sample castle", "robinet"];

/** A box with a title, sentences and things to do. */
export function notice(title, sentences, ...actions) {
  return el(
    "section.notice",
    {},
    el("h2", {}, title),
    sentences.filter(Boolean).map((sentence) => el("p", {}, sentence)),
    actions.length ? el("div.buttons", {}, ...actions) : null,
  );
}

/** What an error of the server means, and a way to try again. */
export function errorNotice(error, again) {
  const known = hasWord("reasonLong", error.reason);
  const wait = error.retryAfter ? say("retry.after", { when: `${error.retryAfter} s` }) : "";
  return el(
    "section.notice.error",
    { role: "alert" },
    el("h2", {}, errorTitle(error)),
    el("p", {}, known ? word("reasonLong", error.reason) : say("error.unknown"), wait ? ` ${wait}` : ""),
    error.message ? el("p.exact", { lang: "en" }, error.message) : null,
    again ? el("div.buttons", {}, el("button", { type: "button", onclick: again }, say("again"))) : null,
  );
}

function errorTitle(error) {
  if (error.status === 404) return say("error.none");
  if (error.status === 401) return say("error.key");
  return hasWord("reason", error.reason) ? word("reason", error.reason) : say("error.title");
}

/** A server of samples or recordings has no answer to most words: say which ones it knows. */
export function replayNotice() {
  return notice(
    say("replay.title"),
    [say("replay.text")],
    ...SAMPLE_WORDS.map((query) => el("a.chip", { href: addressOf({ view: "search", query, slow: true }) }, query)),
  );
}
