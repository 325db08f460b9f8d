// Lists in details that read better in a form of their own: tracks, episodes, what a card is legal in, what it can do.

import { el } from "./dom.js";
import { clock, date, listing, minutes } from "./formats.js";
import { addressOf } from "./routes.js";
import { hasDetail } from "./sources.js";
import { word } from "./texts.js";

/** A link to an item where Detail answers for it, else its name. */
export function itemLink(id, text) {
  const [provider, kind] = (id ?? "").split("/");
  const known = kind && hasDetail({ provider, kind: kind.toUpperCase() });
  return known ? el("a", { href: addressOf({ view: "item", id }) }, text) : el("span.name", {}, text);
}

/** How a list of this field is shown, for those that have a form of their own. */
export const SPECIAL = { tracks, subTracks: tracks, episodes, seasons, legalities, abilities: texts, attacks: texts };

function rows(entries) {
  return el(
    "ol.rows",
    { tabindex: "0" },
    entries.map(({ number, name, said, text, end }) =>
      el(
        "li.row",
        {},
        number ? el("span.number", {}, number) : null,
        el("div.body", {}, name, said ? el("p.meta", {}, said) : null, text ? el("p.text", {}, text) : null),
        end ? el("span.meta", {}, end) : null,
      ),
    ),
  );
}

function tracks(list) {
  return rows(
    list.map((track) => ({
      number: track.heading ? "" : String(track.position ?? track.trackNumber ?? ""),
      name: track.heading ? el("strong", {}, track.title) : itemLink(track.id, track.title ?? ""),
      said: (track.artists ?? []).map((artist) => artist.name).join(", "),
      end: track.durationMs ? clock(track.durationMs / 1000) : "",
    })),
  );
}

function episodes(list) {
  return rows(
    list.map((one) => ({
      number: one.number === undefined ? "" : String(one.number),
      name: itemLink(one.id, one.title || word("kind", "EPISODE")),
      said: [one.airDate ? date(one.airDate) : "", one.runtimeMinutes ? minutes(one.runtimeMinutes) : ""].filter(Boolean).join(" · "),
      text: one.description,
    })),
  );
}

function seasons(list) {
  return rows(
    list.map((one) => ({
      number: one.number === undefined ? "" : String(one.number),
      name: itemLink(one.id, one.title || `${word("kind", "SEASON")} ${one.number ?? ""}`),
      said: one.airDate ? date(one.airDate) : "",
      end: one.episodeCount ? `${word("field", "episodeCount")}: ${one.episodeCount}` : "",
    })),
  );
}

/** The formats of a game, by what holds in them. */
function legalities(list) {
  const byStatus = new Map();
  for (const { format, status } of list) byStatus.set(status, [...(byStatus.get(status) ?? []), format]);
  return el(
    "dl.inner",
    {},
    [...byStatus].map(([status, formats]) => el("div", {}, el("dt", {}, word("value", status)), el("dd", {}, listing(formats)))),
  );
}

function texts(list) {
  return rows(
    list.map((one) => ({
      name: el("strong", {}, one.name || one.type || ""),
      said: [one.name ? one.type : "", [one.cost].flat().filter(Boolean).join(" "), one.damage].filter(Boolean).join(" · "),
      text: one.text,
    })),
  );
}
