// The lists of a domain: what is trending, popular, new. Only those that the sources here really have.

import { ask } from "./api.js";
import { drawing, el, fill } from "./dom.js";
import { glyphOfDomain } from "./glyphs.js";
import { notice } from "./notices.js";
import { addressOf } from "./routes.js";
import { showChosen } from "./search_form.js";
import { Shelf } from "./shelf.js";
import { domains, domainTitle, feedsOf, isUsable, missingSettings } from "./sources.js";
import { locale, say, word } from "./texts.js";

const NAMED_CATEGORY = "category";

/** The view of a domain's lists. */
export function listsView(place, context) {
  const domain = domains().some(({ id }) => id === place.domain) ? place.domain : (domains()[0]?.id ?? "");
  const element = el(
    "div.lists",
    {},
    el("header.head", {}, el("h1", { tabindex: "-1" }, say("lists.of", { domain: domainTitle(domain) })), el("p.sub", {}, say("lists.sub"))),
    showChosen(el("nav.chips", { "aria-label": say("domains") }, domains().map(({ id }) => tab(id, id === domain)))),
    shelves(domain, context),
  );
  return { title: say("lists.of", { domain: domainTitle(domain) }), element, done: Promise.resolve() };
}

function tab(id, current) {
  return el(
    "a.chip",
    { href: addressOf({ view: "lists", domain: id }), "aria-current": current ? "page" : null },
    drawing(glyphOfDomain(id)),
    domainTitle(id),
  );
}

function shelves(domain, context) {
  const feeds = [...feedsOf(domain)];
  if (!feeds.length) return notice(say("lists.none"), [say("lists.noneText")]);
  const canAnswer = ([, having]) => having.some(({ provider }) => isUsable(provider));
  const ordered = [...feeds.filter(canAnswer), ...feeds.filter((one) => !canAnswer(one))];
  return ordered.map(([feed, having]) => shelf(domain, feed, having, context));
}

function shelf(domain, feed, having, context) {
  const usable = having.filter(({ provider }) => isUsable(provider));
  const title = word("feed", feed);
  if (!usable.length) return unusable(title, having);
  const kinds = [...new Set(usable.flatMap(({ capability }) => capability.kinds ?? []))];
  const periods = [...new Set(usable.flatMap(({ capability }) => capability.periods ?? []))];
  const mixed = usable.some(({ capability }) => capability.mixed);
  const chosen = { kind: "", period: "", category: "" };
  const reload = (name) => (value) => {
    chosen[name] = value;
    made.load();
  };
  const controls = [];
  if (kinds.length > 1) controls.push(choice(say("kind"), options("kind", kinds, mixed ? say("kind.all") : ""), reload("kind")));
  if (periods.length > 1) controls.push(choice(say("period"), options("value", periods, ""), reload("period")));
  const needsRegion = usable.some(({ capability }) => capability.needsRegion);
  const categories = categoriesOf(usable);
  const slow = usable.every(({ provider }) => provider.slow);
  const made = new Shelf({
    title,
    note: usable.map(({ provider }) => provider.title).join(", "),
    path: `/v1/${domain}/trending`,
    question: () => ({ feed, ...chosen, include_slow: slow, region: needsRegion ? region() : "" }),
    context,
    kind: kinds[0],
    wait: categories ? say("category.first") : slow ? say("slow.list") : "",
    controls,
  });
  if (categories) askCategories(domain, categories, made, reload("category"), context);
  return made.element;
}

function unusable(title, having) {
  const needs = having.map(({ provider }) => {
    const missing = missingSettings(provider).map((setting) => setting.variable).join(", ");
    return `${provider.title}: ${missing ? say("needs", { what: missing }) : say("off")}`;
  });
  return el("section.shelf", { "aria-label": title }, el("header", {}, el("h2", {}, title)), needs.map((text) => el("p.meta", {}, text)));
}

/** A provider whose list is of one category, which must be named, and that tells which there are. */
function categoriesOf(usable) {
  const needing = usable.filter(({ capability }) => (capability.filters ?? []).includes(NAMED_CATEGORY));
  if (needing.length !== usable.length) return null;
  return needing.find(({ provider }) => (provider.terms ?? []).some((one) => one.terms === "CATEGORIES"))?.provider ?? null;
}

async function askCategories(domain, provider, shelfOfIt, choose, context) {
  try {
    const { terms = [] } = await ask(`/v1/${domain}/terms`, { provider: provider.id, terms: "CATEGORIES" }, context.signal);
    const names = [["", say("category")], ...terms.map((term) => [term.id, term.name])];
    fill(shelfOfIt.hold, choice(say("category"), names, (value) => value && choose(value)));
  } catch (error) {
    if (!context.signal.aborted) fill(shelfOfIt.hold, el("p.meta", {}, error.message));
  }
}

function options(group, values, all) {
  return [...(all ? [["", all]] : []), ...values.map((value) => [value, word(group, value)])];
}

function choice(label, pairs, changed) {
  const select = el(
    "select",
    { "aria-label": label, onchange: () => changed(select.value) },
    pairs.map(([value, text]) => el("option", { value }, text)),
  );
  return select;
}

/** The country of the reader, for lists that are of one. */
function region() {
  try {
    return new Intl.Locale(locale()).maximize().region ?? "";
  } catch {
    return "";
  }
}
