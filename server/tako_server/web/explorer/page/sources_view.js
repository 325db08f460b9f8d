// How the sources are: which can answer here, what the others lack, what each asks to be shown.

import { el } from "./dom.js";
import { durationSeconds, languageName, listing, moment, number, relative } from "./formats.js";
import { errorNotice } from "./notices.js";
import { domains, domainTitle, isUsable, loadSources, missingSettings, providers } from "./sources.js";
import { say, word } from "./texts.js";
import { webLink } from "./values.js";

/** The view of all sources; the one that the place names stands first. */
export function sourcesView(place, context) {
  const element = el("div.all-sources", {}, el("h1", { tabindex: "-1" }, say("sources.title")));
  return { title: say("sources.title"), element, done: show(place, context, element) };
}

async function show(place, context, element) {
  try {
    await loadSources({ again: true }); // states change
  } catch (error) {
    element.append(errorNotice(error, null));
    return;
  }
  if (context.signal.aborted) return;
  const all = providers();
  const usable = all.filter(isUsable).length;
  const cards = all.map((one) => source(one, one.id === place.provider));
  const list = el("ul.source-cards", {}, cards);
  element.append(
    el("p.sub", {}, say("sources.count", { n: usable, of: all.length })),
    filter((domain) => {
      for (const [at, one] of all.entries()) cards[at].hidden = Boolean(domain) && !inDomain(one, domain);
    }),
    list,
  );
  const named = cards[all.findIndex((one) => one.id === place.provider)];
  if (named) {
    named.scrollIntoView({ block: "center" });
    named.focus({ preventScroll: true });
  }
}

function inDomain(one, domain) {
  return [...(one.domains ?? []), ...(one.onRequestDomains ?? [])].includes(domain);
}

function filter(choose) {
  const select = el(
    "select",
    { id: "of-domain", onchange: () => choose(select.value) },
    el("option", { value: "" }, say("domains.all")),
    domains().map(({ id }) => el("option", { value: id }, domainTitle(id))),
  );
  return el("label.field", { for: "of-domain" }, say("domain"), select);
}

function source(one, named) {
  const { tone, text } = stateOf(one);
  return el(
    `li.source${named ? ".named" : ""}`,
    { id: `source-${one.id}`, tabindex: named ? "-1" : null },
    el("header", {}, el("h2", {}, one.title), el(`span.badge.${tone}`, {}, text)),
    el("p.meta", {}, [...(one.domains ?? []).map(domainTitle), word("access", one.access)].join(" · ")),
    lacking(one),
    el(
      "dl.facts",
      {},
      fact(say("last.success"), one.health?.lastSuccess && relative(one.health.lastSuccess)),
      fact(say("last.failure"), failureOf(one)),
      fact(say("limits"), (one.limits ?? []).map(limit).join(" · ")),
      fact(say("languages"), listing((one.languages ?? []).map(languageName))),
      fact(say("kinds"), listing(searched(one))),
      fact(say("lookups"), (one.lookupSchemes ?? []).join(", ")),
      fact(say("links"), [one.homepage ? webLink(one.homepage) : null, one.termsUrl ? [" · ", webLink(one.termsUrl, say("terms"))] : null]),
    ),
    one.attribution ? el("p.attribution", {}, one.attribution.text) : null,
    one.notes ? el("details.fold", {}, el("summary", {}, say("notes")), el("p", { lang: "en" }, one.notes)) : null,
  );
}

function fact(name, value) {
  if (!value || (Array.isArray(value) && !value.some(Boolean))) return null;
  return el("div", {}, el("dt", {}, name), el("dd", {}, value));
}

/** Whether it is asked, and if not, why. */
function stateOf(one) {
  if (!one.configured) return { tone: "calm", text: word("status", "NOT_CONFIGURED") };
  if (!one.enabled) return { tone: "calm", text: word("status", "DISABLED") };
  const { state, suspendedUntil } = one.health ?? {};
  if (state === "SUSPENDED") {
    return { tone: "bad", text: suspendedUntil ? say("suspended.until", { when: moment(suspendedUntil) }) : word("status", "SUSPENDED") };
  }
  if (state === "PROBING") return { tone: "old", text: say("probing") };
  return { tone: "good", text: say("ready") };
}

function lacking(one) {
  const missing = missingSettings(one);
  if (!missing.length) return null;
  return el(
    "p.needs",
    {},
    say("missing"),
    missing.map((setting, at) => [at ? ", " : " ", el("code", {}, setting.variable), setting.url ? [" (", webLink(setting.url), ")"] : null]),
  );
}

function failureOf(one) {
  const { lastFailure, lastFailureReason } = one.health ?? {};
  if (!lastFailure) return "";
  return [relative(lastFailure), lastFailureReason ? word("reason", lastFailureReason) : ""].filter(Boolean).join(" · ");
}

function limit({ calls, window }) {
  const length = durationSeconds(window);
  const name = { 1: "second", 60: "minute", 3600: "hour", 86400: "day" }[length];
  if (name) return say(`limit.${name}`, { n: calls });
  return say("limit", { n: calls, seconds: number(length) });
}

function searched(one) {
  return (one.kinds ?? []).filter((kind) => kind.search).map((kind) => word("kind", kind.kind));
}
