// A grid that fills as answers come. What stands in it stays where it is.

import { el } from "./dom.js";
import { card, placeholder, walkByArrows } from "./card.js";
import { say } from "./texts.js";

/** Cards in one shape, with free places in front of what is still to come. */
export class Results {
  constructor({ shape, label }) {
    this.shape = shape;
    this.size = 0;
    this.grid = el(`ul.grid.${shape}`, { "aria-label": label, onkeydown: walkByArrows });
    this.element = this.grid;
    this.seen = new Set();
    this.waiting = [];
  }

  /** Keep this many places free at the end. */
  expect(places) {
    while (this.waiting.length < places) {
      const place = placeholder(this.shape);
      this.waiting.push(place);
      this.grid.append(place);
    }
    while (this.waiting.length > places) this.waiting.pop().remove();
  }

  /** Take items in: each in a free place, then behind the last. */
  add(items) {
    for (const item of items) {
      if (this.seen.has(item.id)) continue;
      this.seen.add(item.id);
      const made = card(item);
      const place = this.waiting.shift();
      if (place) place.replaceWith(made);
      else this.grid.append(made);
      this.size += 1;
    }
  }

  /** Mark cards of the same thing with the other sources that have it. */
  group(groups, titleOfProvider) {
    for (const group of groups ?? []) {
      for (const id of group.itemIds ?? []) {
        const found = this.grid.querySelector(`[data-id="${CSS.escape(id)}"]`);
        const others = group.itemIds.filter((other) => other !== id).map((other) => titleOfProvider(other.split("/")[0]));
        if (!found || found.querySelector(".same") || !others.length) continue;
        found.querySelector(".frame").append(
          el("span.same", { title: say("same", { who: [...new Set(others)].join(", ") }) }, `+${others.length}`),
        );
      }
    }
  }
}
