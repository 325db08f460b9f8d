// The box to search in, and the choices beside it: domains, slow sources.

import { drawing, el, fill } from "./dom.js";
import { glyphOfDomain, SIGNS } from "./glyphs.js";
import { addressOf } from "./routes.js";
import { domains, domainTitle } from "./sources.js";
import { say } from "./texts.js";

const CODES = [
  /^(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]$/, // ISBN
  /^(?:\d{8}|\d{12}|\d{13})$/, // barcodes
  /^(?:tt|nm)\d{7,10}$/i, // IMDb
  /^B0[0-9A-Z]{8}$/, // ASIN
  /^OL\d+[WMA]$/i, // Open Library
  /^[A-Z]{2}-?[A-Z0-9]{3}-?\d{2}-?\d{5}$/, // ISRC
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, // MusicBrainz
];

/** Whether a text is a code that says by itself what it is: a barcode, an ISBN, an id of another site. */
export function looksLikeCode(text) {
  const bare = text.replace(/[- ]/g, "");
  if (/^\d{9}[\dXx]$/.test(bare)) return isbn10IsRight(bare);
  if (/^\d+$/.test(bare)) return [8, 12, 13].includes(bare.length) && barcodeIsRight(bare);
  return CODES.some((code) => code.test(text));
}

/** The check digit of a barcode: weights 3 and 1 from the right. */
function barcodeIsRight(digits) {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 ? 3 : 1), 0);
  return sum % 10 === 0;
}

/** The check digit of an ISBN of ten. */
function isbn10IsRight(text) {
  const sum = [...text.toUpperCase()].reduce((total, digit, at) => total + (10 - at) * (digit === "X" ? 10 : Number(digit)), 0);
  return sum % 11 === 0;
}

/** The form in the head of the page. `go` takes the place that was asked for. */
export class SearchForm {
  constructor(go) {
    this.go = go;
    this.place = { view: "start" };
    this.field = el("input", {
      type: "search", name: "q", id: "q", maxlength: "500", autocomplete: "off", enterkeyhint: "search",
      placeholder: say("search.placeholder"), "aria-label": say("search.label"), "aria-keyshortcuts": "/",
    });
    this.element = el(
      "form.search",
      { role: "search", onsubmit: (event) => this.#submit(event) },
      this.field,
      el("button", { type: "submit", "aria-label": say("search.button") }, drawing(SIGNS.search)),
    );
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      if (this.field.value) this.field.value = "";
      else this.field.blur();
      event.preventDefault();
    });
  }

  /** Show the place in the form. */
  show(place) {
    this.place = place;
    if (place.view === "search") this.field.value = place.query;
    if (place.view === "lookup") this.field.value = place.code;
    this.told = this.field.value;
  }

  /** Whether the reader writes something else already. */
  get isBeingWritten() {
    return document.activeElement === this.field && this.field.value !== this.told;
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) {
      this.field.focus();
      return;
    }
    const { domains: chosen = [], slow = false } = this.place.view === "search" ? this.place : {};
    this.go(looksLikeCode(text) ? { view: "lookup", code: text, scheme: "" } : { view: "search", query: text, domains: chosen, slow });
  }
}

/** Bring the chosen chip of a row that scrolls into view, once the row stands in the page. */
export function showChosen(row) {
  requestAnimationFrame(() => {
    const chosen = row.querySelector("[aria-pressed=true], [aria-current]");
    if (chosen) row.scrollLeft = chosen.offsetLeft - 16;
  });
  return row;
}

/** Which domains to search, and whether to wait for slow sources. Every change is a new search. */
export function searchChoices(place, go) {
  const chosen = new Set(place.domains);
  const toggle = (domain) => {
    const next = new Set(chosen);
    if (!next.delete(domain)) next.add(domain);
    go({ ...place, domains: [...next] });
  };
  const row = el("div.chips", { role: "group", "aria-label": say("domains") });
  fill(
    row,
    chip("domain-all", say("domains.all"), null, chosen.size === 0, () => go({ ...place, domains: [] })),
    domains().map(({ id }) => chip(`domain-${id}`, domainTitle(id), glyphOfDomain(id), chosen.has(id), () => toggle(id))),
  );
  const slow = el("input", {
    type: "checkbox", id: "slow", checked: place.slow, onchange: () => go({ ...place, slow: !place.slow }),
  });
  return el("div.choices", {}, showChosen(row), el("label.slow", { for: "slow" }, slow, say("slow.label")));
}

function chip(id, text, glyph, pressed, onclick) {
  return el("button.chip", { id, type: "button", "aria-pressed": String(pressed), onclick }, glyph ? drawing(glyph) : null, text);
}

/** Links to the lists of each domain. */
export function domainTiles() {
  return el(
    "ul.tiles",
    {},
    domains().map(({ id }) =>
      el("li", {}, el("a.tile", { href: addressOf({ view: "lists", domain: id }) }, drawing(glyphOfDomain(id)), el("span", {}, domainTitle(id)))),
    ),
  );
}
