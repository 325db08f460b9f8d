// Any value of an item's details, written for a reader by what it looks like: dates, lengths, money, links, lists.

import { el, pictureAddress, webAddress } from "./dom.js";
import { clock, countryName, date, languageName, listing, minutes, moment, money, number, unit } from "./formats.js";
import { picture } from "./picture.js";
import { itemLink, SPECIAL } from "./special.js";
import { hasWord, say, word } from "./texts.js";

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const MANY = 12;
const NOT_SHOWN = new Set([
  "id", "imageUrl", "logoUrl", "thumbnailUrl", "coverUrl", "order", "key", "slug", "serviceId", "termId", "themeId", "itemId",
  "characterId", "oracleId", "partCategoryId",
]);
const LANGUAGE_FIELDS = new Set(["language", "languages", "originalLanguage"]);
const COUNTRY_FIELDS = new Set(["country", "countries", "availableCountries"]);

/** The label of a field. */
export function label(name) {
  return word("field", name);
}

/** A value as text or elements; null when there is nothing to show. */
export function shown(name, value) {
  if (value === false) return null; // what a thing is not, is in the raw answer
  if (SPECIAL[name] && Array.isArray(value) && value.length && typeof value[0] === "object") return SPECIAL[name](value);
  if (Array.isArray(value)) return list(name, value);
  if (value !== null && typeof value === "object") return object(value);
  return scalar(name, value);
}

/** A text for one plain value. */
export function scalar(name, value) {
  if (typeof value === "boolean") return say(value ? "yes" : "no");
  if (typeof value === "number") return measured(name, value);
  const text = String(value);
  if (/Url$/.test(name) || name === "url" || name === "link") return webLink(text);
  if (LANGUAGE_FIELDS.has(name)) return languageName(text);
  if (COUNTRY_FIELDS.has(name) && /^[A-Z]{2}$/.test(text)) return countryName(text);
  if (/^-?\d+$/.test(text) && /(votes|count|total|owners|wanters|followers|favorites|views|comments)$/i.test(name)) return number(Number(text));
  if (/^\d{4}-\d\d(-\d\d)?$/.test(text)) return date(text);
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return moment(text);
  if (CODE.test(text) && hasWord("value", text)) return word("value", text);
  return text;
}

function measured(name, value) {
  if (/Minutes$/.test(name)) return minutes(value);
  if (/Hours$/.test(name)) return unit(value, "hour");
  if (/Ms$/.test(name)) return clock(value / 1000);
  if (/Seconds$/.test(name)) return clock(value);
  if (/Cm$/.test(name)) return unit(value, "centimeter");
  if (/G$/.test(name)) return value >= 1000 ? unit(value / 1000, "kilogram") : unit(value, "gram");
  if (/year/i.test(name)) return String(value);
  if (/percent/i.test(name)) return `${number(value)} %`;
  return number(value);
}

function list(name, values) {
  if (!values.length) return null;
  if (values.every((value) => typeof value !== "object")) {
    const texts = values.map((value) => scalar(name, value));
    if (texts.some((text) => typeof text !== "string")) return el("ul.plain", {}, texts.map((text) => el("li", {}, text)));
    const long = texts.some((text) => text.length > 60);
    return long ? el("ul.bulleted", {}, texts.map((text) => el("li", {}, text))) : listing(texts);
  }
  const made = values.map((value) => entry(value)).filter(Boolean);
  return made.length ? folded(made) : null;
}

/** A list whose end is shown on request. */
function folded(entries) {
  const inList = (some) => el("ul.entries", {}, some.map((one) => el("li", {}, one)));
  if (entries.length <= MANY) return inList(entries);
  return [
    inList(entries.slice(0, MANY)),
    el("details.rest", {}, el("summary", {}, say("and.more", { n: entries.length - MANY })), inList(entries.slice(MANY))),
  ];
}

/** One thing of a list: its name, a link to it where it is an item, and what is said of it. */
function entry(value) {
  if (isMoney(value)) return money(value);
  const { name, title, work, item, ...rest } = value;
  const reference = [work, item, value.series, value.set].find((one) => one && typeof one === "object");
  const head = reference ? refer(reference) : refer({ ...value, name: name ?? title ?? value.serviceName ?? value.setName });
  const told = Object.entries(rest)
    .filter(([field, one]) => one !== reference && !NOT_SHOWN.has(field) && !["year", "url", "serviceName", "setName"].includes(field))
    .map(([field, one]) => (one === false ? null : said(field, one, value)))
    .filter(Boolean);
  const link = webAddress(value.url ?? "") && !value.id ? el("a", { href: value.url }, head ?? value.url) : head;
  const thumbnail = pictureAddress(value.imageUrl ?? value.thumbnailUrl ?? value.logoUrl ?? "");
  if (!link && !told.length) return null;
  return [
    thumbnail ? picture([thumbnail], { kind: kindOf(value.id), shape: "small" }) : null,
    el("span.told", {}, link, told.length ? el("span.meta", {}, ...between(told, " · ", Boolean(link))) : null),
  ];
}

function between(parts, separator, first) {
  return parts.flatMap((part, at) => (at || first ? [separator, part] : [part]));
}

/** What is said beside a name: bare where it says itself what it is, else with its label. */
function said(field, value, whole) {
  if (field === "role" && whole.job) return null;
  if (field === "department") return null;
  if (typeof value === "object" && !Array.isArray(value) && !isMoney(value)) {
    const inside = value.amount ?? value.name;
    if (inside === undefined) return null;
    return isMoney(inside) ? money(inside) : refer(value);
  }
  if (field === "character") return say("as", { who: value });
  if (Array.isArray(value) && typeof value[0] === "object") return listing(value.map((one) => one.name ?? one.title).filter(Boolean));
  const text = Array.isArray(value) ? list(field, value) : isMoney(value) ? money(value) : scalar(field, value);
  if (typeof text !== "string") return text;
  const bare = ["role", "job", "type", "country", "language", "text", "note", "relation", "date", "airDate", "status", "value", "region", "players", "list", "position"];
  return bare.includes(field) || field.endsWith("Minutes") || field.endsWith("Ms") ? text : `${label(field)}: ${text}`;
}

function isMoney(value) {
  return typeof value === "object" && value !== null && "currencyCode" in value;
}

/** A reference to another item. */
function refer({ id, name, year, title }) {
  const text = name || title;
  if (!text) return null;
  const told = year ? `${text} (${year})` : text;
  return id ? itemLink(id, told) : told;
}

function kindOf(id) {
  return (id ?? "").split("/")[1]?.toUpperCase();
}

/** A link to a page elsewhere, named by its host. */
export function webLink(address, text) {
  const web = webAddress(address);
  if (!web) return text || address;
  return el("a", { href: web }, text || new URL(web).hostname.replace(/^www\./, ""));
}

function object(value) {
  if (isMoney(value)) return money(value);
  if (value.name && Object.keys(value).every((key) => ["id", "name", "imageUrl", "year"].includes(key))) return refer(value);
  if ("min" in value || "max" in value) return range(value);
  if (value.name || value.title || (value.series && value.volume)) return el("div.entries", {}, entry(value));
  return pairs(value);
}

function range({ min, max, votes, ...rest }) {
  const told = min === max || max === undefined ? `${number(min ?? 0)}${max === undefined ? "+" : ""}` : `${number(min ?? 0)}–${number(max)}`;
  return Object.keys(rest).length || votes?.length ? [told, pairs({ votes, ...rest })] : told;
}

/** The fields of an object, each with its label. */
export function pairs(value) {
  const made = Object.entries(value)
    .filter(([field]) => !NOT_SHOWN.has(field))
    .map(([field, one]) => [field, one === undefined ? null : shown(field, one)])
    .filter(([, one]) => one !== null && one !== "");
  if (!made.length) return null;
  return el("dl.inner", {}, made.map(([field, one]) => el("div", {}, el("dt", {}, label(field)), el("dd", {}, one))));
}
