// Items in a grid: one card each, with a link to its details.

import { drawing, el } from "./dom.js";
import { date, money, number } from "./formats.js";
import { SIGNS } from "./glyphs.js";
import { addressesOf, picture, shapeOf } from "./picture.js";
import { addressOf } from "./routes.js";
import { hasDetail, provider, providerTitle } from "./sources.js";
import { say, word } from "./texts.js";

/** The place of an item; its domain stands in it only when it is not its provider's first. */
export function itemAddress(item) {
  const usual = provider(item.provider)?.domains?.[0] === item.domain;
  return addressOf({ view: "item", id: item.id, domain: usual ? "" : item.domain });
}

/** Where a card leads: to the details, else to the upstream's page, else nowhere. */
export function leadsTo(item) {
  if (hasDetail(item)) return itemAddress(item);
  const links = item.links ?? [];
  const found = links.find((link) => link.role === "SOURCE") ?? links[0];
  return found?.url ?? item.prices?.[0]?.url ?? item.video?.url ?? item.images?.[0]?.url ?? null;
}

/** A title for an item that has none of its own. */
export function titleOf(item) {
  return item.title || item.offer?.seller || item.images?.[0]?.caption || word("kind", item.kind);
}

/** A card in a grid or a shelf. */
export function card(item) {
  const target = leadsTo(item);
  const frame = picture(addressesOf(item, { small: true }), { kind: item.kind });
  if (item.context?.position) frame.append(el("span.place", {}, number(item.context.position)));
  return el(
    "li.card",
    { "data-id": item.id },
    frame,
    el(target ? "a.title" : "span.title", target ? { href: target, title: titleOf(item) } : {}, titleOf(item)),
    el("p.meta", {}, el("span.said", {}, [word("kind", item.kind), when(item)].filter(Boolean).join(" · "))),
    el("p.meta", {}, el("span.said", {}, here(item) || providerTitle(item.provider)), priced(item) ?? rated(item)),
  );
}

/** A place that a card will take: as large, and without a word. */
export function placeholder(shape) {
  return el("li.card.empty", { "aria-hidden": "true" }, el(`div.frame.${shape}`), el("span.line"), el("span.line.short"));
}

function when(item) {
  if (item.context?.date) return date(item.context.date);
  if (item.year === undefined) return item.releaseDate ? date(item.releaseDate) : "";
  return item.endYear && item.endYear !== item.year ? `${item.year}–${item.endYear}` : String(item.year);
}

/** What the item is in this list: a role, a quantity. */
function here(item) {
  const context = item.context ?? {};
  if (context.character) return say("as", { who: context.character });
  if (context.role) return context.role;
  if (context.quantity) return `× ${number(context.quantity)}${context.color?.name ? ` ${context.color.name}` : ""}`;
  return context.label ?? "";
}

function priced(item) {
  const price = item.prices?.find((one) => one.amount);
  return price ? el("span.priced", {}, money(price.amount)) : null;
}

function rated(item) {
  const { rating } = item;
  if (!rating?.scale) return null;
  const text = `${number(rating.value, { maximumFractionDigits: 1 })}/${number(rating.scale)}`;
  return el("span.rated", { title: say("rating") }, drawing(SIGNS.star), text);
}

/** The shape of the free places of a grid: the one of all its kinds, else the tallest, so that no row grows. */
export function gridShape(kinds) {
  const shapes = new Set(kinds.map(shapeOf));
  return shapes.size === 1 ? [...shapes][0] : "tall";
}

/** Arrow keys go from card to card; Tab does too. */
export function walkByArrows(event) {
  const links = [...event.currentTarget.querySelectorAll("a.title")];
  const at = links.indexOf(document.activeElement);
  if (at < 0) return;
  const top = links[at].closest("li").offsetTop;
  const row = links.filter((link) => link.closest("li").offsetTop === top).length || 1;
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + row, ArrowUp: at - row }[event.key];
  if (next === undefined || !links[next]) return;
  event.preventDefault();
  links[next].focus();
}
