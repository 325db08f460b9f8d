// Items that are best read in rows: offers, tracks, rulings, chapters, instructions.

import { el } from "./dom.js";
import { clock, countryName, date, money, number } from "./formats.js";
import { leadsTo, titleOf } from "./card.js";
import { word } from "./texts.js";

const IN_ROWS = new Set(["OFFER", "RULING", "TRACK", "CHAPTER", "INSTRUCTION"]);

/** Whether items of this kind go in rows. */
export function goesInRows(kind) {
  return IN_ROWS.has(kind);
}

/** One row. */
export function row(item) {
  const target = leadsTo(item);
  const price = item.prices?.find((one) => one.amount);
  return el(
    "li.row",
    { "data-id": item.id },
    item.context?.position ? el("span.number", {}, number(item.context.position)) : null,
    el(
      "div.body",
      {},
      el(target ? "a" : "span.name", target ? { href: target } : {}, item.title || titleOf(item)),
      ...about(item),
      item.description ? el("p.text", {}, item.description) : null,
    ),
    price ? el("strong.price", {}, money(price.amount)) : null,
  );
}

function about(item) {
  const { offer, track, instruction } = item;
  const facts = [
    offer?.seller !== item.title ? offer?.seller : "",
    offer?.type ? word("value", offer.type) : "",
    offer?.country ? countryName(offer.country) : "",
    item.condition ? word("value", item.condition) : "",
    item.availability ? word("value", item.availability) : "",
    track?.durationMs ? clock(track.durationMs / 1000) : "",
    track?.artists?.map((artist) => artist.name).join(", "),
    instruction?.format,
    item.releaseDate ? date(item.releaseDate) : "",
  ].filter(Boolean);
  return facts.length ? [el("p.meta", {}, facts.join(" · "))] : [];
}
