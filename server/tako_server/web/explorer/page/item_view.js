// One item: pictures, facts, prices, where it comes from, what belongs to it, and the answer itself.

import { ApiError, ask } from "./api.js";
import { commands, copyable } from "./commands.js";
import { drawing, el, fillView, heard, pictureAddress } from "./dom.js";
import {
  attributes, commonFacts, detailsOf, engagement, factList, familyFacts, longFacts, paragraphs, prices, ratings, sourceFacts,
} from "./facts.js";
import { languageName, listing, relative } from "./formats.js";
import { SIGNS } from "./glyphs.js";
import { errorNotice } from "./notices.js";
import { addressesOf, picture, shapeOf } from "./picture.js";
import { addressOf } from "./routes.js";
import { Shelf } from "./shelf.js";
import { domainOf, domainTitle, providerTitle, relationsOf, serviceOf } from "./sources.js";
import { currentLanguage, say, word } from "./texts.js";

const IN_MAIN = new Set(["PRIMARY", "THUMBNAIL"]);
const ID = /^[a-z0-9_]+\/[a-z0-9_]+(\/(?!\.\.?(\/|$))([\w.-]|~[0-9A-F]{2})+)+$/; // a browser takes `..` for another path

/** The view of an item. */
export function itemView(place, context) {
  const element = el("div.item", {}, skeleton(place.id));
  return { title: place.id, element, done: load(place, context, element) };
}

function skeleton(id) {
  const shape = shapeOf(id.split("/")[1]?.toUpperCase());
  return [
    el("h1.heard", { tabindex: "-1" }, say("loading")),
    el("div.top", { "aria-hidden": "true" }, el(`div.frame.${shape}.wait`), el("div.lead", {}, ["line.big", "line", "line", "line.short"].map((one) => el(`span.${one}`)))),
  ];
}

async function load(place, context, element, translate = false) {
  const domain = domainOf(place.id, place.domain);
  const refused = whyNotAsked(place.id, domain);
  if (refused) {
    missing(element, place.id, refused);
    return;
  }
  const path = `/v1/${domain}/items/${place.id}`;
  const question = { language: currentLanguage(), translate };
  try {
    const answer = await ask(path, question, context.signal);
    const again = () => load(place, context, element, true);
    show(element, answer, { domain, path, question, context, again });
    context.titled(answer.item.title);
    context.announce(answer.item.title, { now: true });
  } catch (error) {
    if (context.signal.aborted) return;
    missing(element, place.id, error, () => load(place, context, element));
  }
}

/** The address may be anybody's: what is no id, or of no source, is never made a path. */
function whyNotAsked(id, domain) {
  if (!ID.test(id)) return new ApiError("An item id looks like provider/kind/source-id.", { reason: "INVALID_FIELD" });
  return serviceOf(domain) ? null : new ApiError("", { status: 404, reason: "PROVIDER_UNKNOWN" });
}

function missing(element, id, error, again) {
  fillView(element, el("h1", { tabindex: "-1" }, say("error.item")), el("p.sub", {}, id), errorNotice(error, again));
}

function show(element, answer, { domain, path, question, context, again }) {
  const { item } = answer;
  const { short, long } = familyFacts(item);
  fillView(
    element,
    crumbs(item, domain),
    el(
      "div.top",
      {},
      picture(addressesOf(item), { kind: item.kind, alternative: item.title, eager: true }),
      el("div.lead", {}, ...heading(item), ratings(item), chips(item), item.description ? paragraphs(item.description) : null, translation(item), translate(answer, question, again)),
    ),
    gallery(item),
    el(
      "div.parts",
      {},
      section(say("facts"), factList([...commonFacts(item), ...short])),
      prices(item),
      ...longFacts(long),
      section(say("people.care"), factList(engagement(item))),
      section(say("more.facts"), factList(attributes(item))),
      otherTitles(item),
      sourceFacts(item),
    ),
    age(answer),
    ...relations(item, domain, context),
    el(
      "section.raw",
      {},
      commands({ path, parameters: question, service: serviceOf(domain), method: "Detail", body: { id: item.id, ...question } }),
      json(answer),
    ),
  );
}

function crumbs(item, domain) {
  return el(
    "p.crumbs",
    {},
    el("a", { href: addressOf({ view: "lists", domain }) }, domainTitle(domain)),
    " · ",
    el("a", { href: addressOf({ view: "sources", provider: item.provider }) }, providerTitle(item.provider)),
  );
}

function heading(item) {
  const years = item.year === undefined ? "" : item.endYear && item.endYear !== item.year ? `${item.year}–${item.endYear}` : item.year;
  const language = item.language && item.language !== currentLanguage() ? item.language : null;
  return [
    el("p.kind", {}, [word("kind", item.kind), years].filter(Boolean).join(" · ")),
    el("h1", { tabindex: "-1", lang: language }, item.title || word("kind", item.kind)),
    item.subtitle ? el("p.subtitle", {}, item.subtitle) : null,
    detailsOf(item).tagline ? el("p.subtitle", {}, detailsOf(item).tagline) : null,
    item.originalTitle ? el("p.original", {}, heard(`${say("original.title")}: `), item.originalTitle) : null,
  ];
}

function chips(item) {
  const words = [...(item.genres ?? []), ...(item.tags ?? [])];
  if (!words.length) return null;
  const made = words.slice(0, 24).map((text) => el("li.tag", {}, text));
  return el("ul.tags", { "aria-label": say("genres") }, made, words.length > 24 ? el("li.tag", {}, `+${words.length - 24}`) : null);
}

/** A button that has a text of another language translated; once it was pressed, why that failed, if it did. */
function translate({ item, outcome }, question, again) {
  const failed = (item.translated ?? []).find((one) => one.failure)?.failure;
  if (failed) return el("p.meta", {}, word("reasonLong", "TRANSLATION_FAILED"), " ", el("span.exact", { lang: "en" }, outcome?.message || failed));
  const foreign = item.language && item.language.split("-")[0] !== currentLanguage();
  if (!foreign || !item.description || question.translate) return null;
  const button = el("button.quiet.translate", { type: "button" }, say("translate", { language: languageName(currentLanguage()) }));
  button.addEventListener("click", () => {
    button.disabled = true;
    again();
  });
  return button;
}

/** What was translated, by what, and the text before. */
function translation(item) {
  const fields = (item.translated ?? []).filter((one) => one.original);
  if (!fields.length) return null;
  const from = listing([...new Set(fields.map((one) => one.fromLanguage).filter(Boolean))].map(languageName));
  return el(
    "details.fold",
    {},
    el("summary", {}, say("translated.from", { language: from })),
    fields.map((one) => el("div", { lang: one.fromLanguage }, el("p.meta", {}, one.field), paragraphs(one.original))),
  );
}

function gallery(item) {
  const others = (item.images ?? []).filter((image) => !IN_MAIN.has(image.role) && pictureAddress(image.url));
  if (!others.length) return null;
  return el(
    "ul.gallery",
    { "aria-label": say("pictures") },
    others.slice(0, 24).map((image) => {
      const name = image.caption || word("image", image.role);
      const small = [image.thumbnailUrl, image.url].map((one) => pictureAddress(one ?? "")).filter(Boolean);
      return el("li", {}, el("a", { href: pictureAddress(image.url), "aria-label": name }, picture(small, { kind: "IMAGE", shape: "natural" })));
    }),
  );
}

function section(title, content) {
  return content ? el("section.part", {}, el("h2", {}, title), content) : null;
}

function otherTitles(item) {
  const titles = item.alternativeTitles ?? [];
  if (!titles.length) return null;
  const told = titles.map((one) => el("li", { lang: one.language }, one.text, el("span.meta", {}, [one.type && word("title", one.type), one.language && languageName(one.language)].filter(Boolean).map((text) => ` · ${text}`).join(""))));
  return section(say("other.titles"), el("ul.plain", {}, told));
}

function age({ freshness }) {
  if (!freshness?.fetchedAt) return null;
  const text = say(freshness.stale ? "age.stale" : "age", { when: relative(freshness.fetchedAt) });
  return el("p.age.meta", {}, drawing(SIGNS.old), text);
}

/** What its provider can tell that belongs to it: asked for when it comes near; on request, where some is known. */
function relations(item, domain, context) {
  const shelf = ({ relation, toKinds = [] }) =>
    new Shelf({
      title: word("relation", relation),
      path: `/v1/${domain}/related`,
      question: () => ({ id: item.id, relation }),
      context,
      kind: toKinds[0],
    }).element;
  const all = relationsOf(item);
  const known = all.filter(({ relation }) => isKnown(item, relation));
  return [onRequest(known, item, shelf), ...all.filter((one) => !known.includes(one)).map(shelf)].filter(Boolean);
}

function onRequest(relations, item, shelf) {
  if (!relations.length) return null;
  const buttons = el("div.chips", { role: "group", "aria-label": say("all.of", { who: providerTitle(item.provider) }) });
  const box = el("section.shelf", {}, el("p.meta", {}, say("all.of", { who: providerTitle(item.provider) })), buttons);
  for (const one of relations) {
    const button = el("button.chip", { type: "button", "aria-pressed": "false" }, word("relation", one.relation));
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", "true");
      button.disabled = true;
      box.append(shelf(one));
    });
    buttons.append(button);
  }
  return box;
}

/** Whether the details tell of it already: then its source is asked for all of it only on request. */
function isKnown(item, relation) {
  const details = detailsOf(item);
  if (relation === "IMAGES") return (item.images ?? []).length > 0;
  if (relation === "STORES") return Boolean(details.watch?.length || details.stores?.length);
  if (relation === "PRICES") return Boolean(item.prices?.length);
  return Boolean(details[relation.toLowerCase()]?.length);
}

/** The answer as the server gave it. Drawn when it is opened: it may be large. */
function json(answer) {
  const fold = el("details.fold", {}, el("summary", {}, say("raw")));
  fold.addEventListener("toggle", () => fold.append(copyable(JSON.stringify(answer, null, 2), "JSON")), { once: true });
  return fold;
}
