// What is known of an item: the facts that all have, then those of its family.

import { el } from "./dom.js";
import { countryName, date, languageName, listing, moment, money, number } from "./formats.js";
import { label, shown, webLink } from "./values.js";
import { say, word } from "./texts.js";

const LONG = 160;
const FEW = 3;
const LISTED = new Set(["cast", "crew", "credits", "tracks", "episodes", "seasons", "abilities", "attacks"]);

/** The typed details: those of the item's family, whatever it is. */
export function detailsOf(item) {
  const common = new Set(COMMON_FIELDS);
  const family = Object.keys(item).find((name) => !common.has(name) && typeof item[name] === "object" && !Array.isArray(item[name]));
  return family ? item[family] : {};
}

const COMMON_FIELDS = [
  "rating", "engagement", "context", "attribution", "attributes", "images", "links", "externalIds", "ratings", "prices",
  "ageRatings", "translated", "alternativeTitles",
];

/** A list of facts: a label and a value each. Nothing is shown for what is not known. */
export function factList(facts) {
  const rows = facts.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  if (!rows.length) return null;
  return el("dl.facts", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));
}

/** The facts that items of every family may have. */
export function commonFacts(item) {
  const range = item.endDate ? `${date(item.releaseDate ?? "")} – ${date(item.endDate)}` : "";
  return [
    [say("released"), range || (item.releaseDate ? date(item.releaseDate) : (item.releaseText ?? years(item)))],
    [say("status"), item.status ? word("value", item.status) : item.statusText],
    [say("availability"), item.availability ? word("value", item.availability) : item.availabilityText],
    [say("condition"), item.condition ? word("value", item.condition) : ""],
    [say("languages"), listing((item.languages ?? []).map(languageName))],
    [say("countries"), listing((item.countries ?? []).map(countryName))],
    [say("ages"), listing((item.ageRatings ?? []).map(ageRating))],
    [say("adult"), item.adult ? say("yes") : ""],
    [say("explicit"), item.explicit ? word("value", item.explicit) : ""],
  ];
}

function years({ year, endYear }) {
  if (year === undefined) return "";
  return endYear && endYear !== year ? `${year}–${endYear}` : String(year);
}

function ageRating({ system, rating, country, minAge, descriptors }) {
  const mark = [system, rating ?? (minAge === undefined ? "" : `${minAge}+`)].filter(Boolean).join(" ");
  const where = [country ? countryName(country) : "", ...(descriptors ?? [])].filter(Boolean);
  return where.length ? `${mark} (${where.join(", ")})` : mark;
}

/** The facts of the family: short ones for the list, long ones as sections of their own. */
export function familyFacts(item) {
  const short = [];
  const long = [];
  for (const [name, value] of Object.entries(detailsOf(item))) {
    if (name === "tagline") continue; // it stands below the title
    const made = shown(name, value);
    if (made === null || made === "") continue;
    const isLong = typeof made === "string" ? made.length > LONG : isMany(name, value);
    (isLong ? long : short).push([label(name), made, name]);
  }
  return { short, long };
}

/** Whether a list needs a section of its own: of people and parts, of things with pictures, or of many. */
function isMany(name, value) {
  if (!Array.isArray(value) || typeof value[0] !== "object") return false;
  return value.length > FEW || LISTED.has(name) || value.some((one) => one.imageUrl || one.description);
}

/** Sections with a heading each: cast, seasons, a long text. */
export function longFacts(facts) {
  return facts.map(([name, value]) =>
    el("section.part", {}, el("h2", {}, name), typeof value === "string" ? paragraphs(value) : value),
  );
}

/** A text in its paragraphs. */
export function paragraphs(text) {
  return el("div.prose", {}, text.split(/\n{2,}/).map((one) => el("p", {}, one)));
}

/** The rating and how many gave it, then the further ones. */
export function ratings(item) {
  const all = [item.rating, ...(item.ratings ?? [])].filter((one) => one?.scale);
  return all.length ? el("ul.ratings", {}, all.map(rating)) : null;
}

function rating(one) {
  const whom = one.name || (one.source ? word("value", one.source) : "");
  const score = number(one.value, { maximumFractionDigits: 2 });
  const share = Math.max(0, Math.min(1, one.value / one.scale));
  const bar = el("span.fill");
  bar.style.setProperty("inline-size", `${share * 100}%`);
  return el(
    "li",
    {},
    el("strong", {}, score),
    el("span.scale", {}, ` / ${number(one.scale)}`),
    el("span.bar", { "aria-hidden": "true" }, bar),
    el("span.meta", {}, [whom, one.votes ? say("votes", { n: Number(one.votes) }) : ""].filter(Boolean).join(" · ")),
  );
}

/** A table of prices; the first is the one to show. */
export function prices(item) {
  const all = (item.prices ?? []).filter((price) => price.amount);
  if (!all.length) return null;
  return el(
    "section.part",
    {},
    el("h2", {}, say("prices")),
    el("ul.prices", {}, all.map((price) => el("li", {}, el("strong", {}, money(price.amount)), el("span.meta", {}, ...described(price))))),
  );
}

function described(price) {
  const told = [
    price.type ? word("price", price.type) : "",
    price.market,
    price.country ? countryName(price.country) : "",
    price.variant,
    price.condition ? word("value", price.condition) : price.conditionText,
    price.periodDays ? say("days", { n: price.periodDays }) : "",
    price.count ? say("offers", { n: price.count }) : "",
    price.updatedAt ? moment(price.updatedAt) : "",
  ].filter(Boolean);
  return [told.join(" · "), price.url ? [told.length ? " · " : "", webLink(price.url)] : null];
}

/** How many own, want, follow it. */
export function engagement(item) {
  return Object.entries(item.engagement ?? {}).map(([name, value]) => [label(name), number(Number(value))]);
}

/** What only this upstream knows. */
export function attributes(item) {
  return Object.entries(item.attributes ?? {}).map(([name, value]) => [word("field", name), value]);
}

/** Links to pages, ids in other schemes, and what the upstream asks to be shown. */
export function sourceFacts(item) {
  const links = (item.links ?? []).map((link) => el("li", {}, webLink(link.url, link.title || undefined), el("span.meta", {}, ` · ${word("link", link.role)}`)));
  const ids = item.externalIds ?? [];
  return el(
    "section.part",
    {},
    el("h2", {}, say("links")),
    links.length ? el("ul.plain", {}, links) : null,
    ids.length ? el("ul.ids", { "aria-label": say("ids") }, ids.map(({ scheme, value }) => el("li", {}, el("span", {}, scheme), el("code", {}, value)))) : null,
    item.attribution ? el("p.attribution", {}, item.attribution.url ? webLink(item.attribution.url, item.attribution.text) : item.attribution.text) : null,
  );
}
