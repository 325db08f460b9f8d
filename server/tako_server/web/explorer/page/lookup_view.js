// A look-up: what a barcode, an ISBN or an id of another site belongs to.

import { ask } from "./api.js";
import { gridShape } from "./card.js";
import { commands } from "./commands.js";
import { el, fill } from "./dom.js";
import { errorNotice, notice, replayNotice } from "./notices.js";
import { Outcomes } from "./outcomes.js";
import { Results } from "./results.js";
import { addressOf } from "./routes.js";
import { providerTitle, schemes } from "./sources.js";
import { currentLanguage, say } from "./texts.js";

/** The view of a look-up. */
export function lookupView(place, context) {
  const after = el("div.after");
  const main = el("div.main");
  const aside = el("aside");
  const sub = el("p.sub", {}, say("lookup.sub"));
  const element = el(
    "div.searched",
    {},
    el("header.head", {}, el("h1", { tabindex: "-1" }, say("lookup.for", { code: place.code })), sub),
    el("div.choices", {}, schemeChoice(place, context.go), asWords(place)),
    el("div.columns", {}, aside, main),
  );
  const parts = { after, main, aside, sub };
  return { title: say("lookup.for", { code: place.code }), element, done: run(place, context, parts) };
}

async function run(place, context, { after, main, aside, sub }) {
  const waiting = new Results({ shape: "tall", label: say("results") });
  waiting.expect(4);
  fill(main, waiting.element, after);
  const question = { scheme: place.scheme, code: place.code, language: currentLanguage(), group: true };
  try {
    const answer = await ask("/v1/lookup", question, context.signal);
    const items = answer.items ?? [];
    const outcomes = new Outcomes({ open: context.wide });
    outcomes.started(answer.outcomes ?? []);
    const results = new Results({ shape: items.length ? gridShape(items.map((item) => item.kind)) : "tall", label: say("results") });
    results.add(items);
    results.group(answer.groups, providerTitle);
    sub.textContent = say("lookup.asked", { scheme: answer.scheme, code: answer.code });
    fill(aside, outcomes.element);
    fill(main, results.element, after);
    context.announce(`${say("results.count", { n: results.size })}. ${outcomes.sentence}`, { now: true });
    if (!items.length) fill(after, notice(say("lookup.empty"), [say("lookup.emptyText")]), outcomes.replayMissed ? replayNotice() : null);
  } catch (error) {
    if (context.signal.aborted) return;
    fill(main, after);
    fill(
      after,
      errorNotice(error, () => run(place, context, { after, main, aside, sub })),
      error.reason === "REPLAY_MISS" ? replayNotice() : null,
    );
  }
  const body = { scheme: place.scheme, code: place.code };
  after.append(commands({ path: "/v1/lookup", parameters: body, service: "tako.v1.CatalogService", method: "Lookup", body }));
}

function schemeChoice(place, go) {
  const select = el(
    "select",
    { id: "scheme", onchange: () => go({ ...place, scheme: select.value }) },
    el("option", { value: "" }, say("scheme.auto")),
    ["isbn", "ean", "upc", ...schemes().filter((one) => !["isbn10", "isbn13", "ean", "upc"].includes(one))].map((scheme) =>
      el("option", { value: scheme, selected: scheme === place.scheme }, scheme),
    ),
  );
  return el("label.field", { for: "scheme" }, say("scheme.label"), select);
}

function asWords(place) {
  return el("a.aside-link", { href: addressOf({ view: "search", query: place.code }) }, say("lookup.words"));
}
