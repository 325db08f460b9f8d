// Shelves of items: lists and relations, asked for when they come near.

import { ask } from "./api.js";
import { card, gridShape, placeholder, walkByArrows } from "./card.js";
import { el, fill } from "./dom.js";
import { errorNotice } from "./notices.js";
import { Outcomes } from "./outcomes.js";
import { goesInRows, row } from "./rows.js";
import { currentLanguage, hasWord, say, word } from "./texts.js";

const PAGE = 20;

/**
 * A shelf of a list that is asked for at `path` with `question()`. `wait` leaves the asking to a button.
 * `controls` stand beside the title and may call `reload`.
 */
export class Shelf {
  constructor({ title, note, path, question, context, kind, wait = "", controls = [] }) {
    Object.assign(this, { path, question, context, kind });
    this.token = "";
    this.items = [];
    this.hold = el("div.hold");
    this.state = el("p.state", { role: "status" });
    this.element = el(
      "section.shelf",
      { "aria-label": title },
      el("header", {}, el("h2", {}, title), ...controls),
      note ? el("p.meta", {}, note) : null,
      this.hold,
      this.state,
    );
    if (wait) fill(this.hold, el("p.meta", {}, wait), el("button.quiet", { type: "button", onclick: () => this.load() }, say("load")));
    else this.#skeleton();
    if (!wait) whenNear(this.element, () => this.load(), context.signal);
  }

  /** Ask for the first page, or for the next. */
  async load({ more = false } = {}) {
    if (!more) {
      this.token = "";
      this.items = [];
      this.#skeleton();
    }
    this.state.textContent = more ? say("loading") : "";
    try {
      const question = { ...this.question(), language: currentLanguage(), page_size: PAGE, page_token: this.token };
      this.#show(await ask(this.path, question, this.context.signal));
    } catch (error) {
      if (this.context.signal.aborted) return;
      this.state.textContent = "";
      fill(this.hold, short(error, () => this.load()));
    }
  }

  #skeleton() {
    const shape = gridShape([this.kind]);
    fill(this.hold, el(`ul.strip.${shape}`, {}, Array.from({ length: 8 }, () => placeholder(shape))));
  }

  #show(answer) {
    this.items.push(...(answer.items ?? []));
    this.token = answer.nextPageToken ?? "";
    const kinds = this.items.map((item) => item.kind);
    const inRows = kinds.length > 0 && kinds.every(goesInRows);
    const shape = gridShape(kinds.length ? kinds : [this.kind]);
    const list = inRows
      ? el("ol.rows", {}, this.items.map(row))
      : el(`ul.strip.${shape}`, { onkeydown: walkByArrows }, this.items.map((item) => card(item)));
    if (this.token) list.append(el("li.next", {}, el("button.quiet", { type: "button", onclick: () => this.load({ more: true }) }, say("more"))));
    fill(this.hold, this.items.length ? list : el("p.meta", {}, say("list.empty")));
    this.state.textContent = problems(answer.outcomes ?? []);
  }
}

/** What failed of a list that others have filled. */
function problems(outcomes) {
  const box = new Outcomes({ open: false });
  box.started(outcomes);
  return box.counts.failed ? box.sentence : "";
}

function short(error, again) {
  if (!hasWord("reason", error.reason)) return errorNotice(error, again);
  return el(
    "div.failed",
    {},
    el("p", {}, word("reasonLong", error.reason)),
    error.message ? el("p.exact", { lang: "en" }, error.message) : null,
    el("button.quiet", { type: "button", onclick: again }, say("again")),
  );
}

/** Do this once the element is nearly in view. */
function whenNear(element, doing, signal) {
  const watching = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watching.disconnect();
      if (!signal.aborted) doing();
    },
    { rootMargin: "300px" },
  );
  watching.observe(element);
  signal.addEventListener("abort", () => watching.disconnect(), { once: true });
}
