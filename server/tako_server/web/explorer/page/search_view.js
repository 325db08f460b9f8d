// A search: cards as the sources answer, and beside them what became of each source.

import { events } from "./api.js";
import { gridShape } from "./card.js";
import { commands, streamCommands } from "./commands.js";
import { el, fill } from "./dom.js";
import { errorNotice, notice, replayNotice } from "./notices.js";
import { Outcomes } from "./outcomes.js";
import { Results } from "./results.js";
import { addressOf } from "./routes.js";
import { searchChoices } from "./search_form.js";
import { domains, providerTitle, providersOf } from "./sources.js";
import { currentLanguage, say } from "./texts.js";

const PAGE = 24;
const STREAM = "/v1/search:stream";

/** The view of a search. `done` settles when its stream has ended. */
export function searchView(place, context) {
  const view = new Search(place, context);
  return { title: say("results.for", { query: place.query }), element: view.element, done: view.run() };
}

/** The question that a place asks. Slow sources are left out by naming the others: a stream asks all that it may. */
function questionOf(place) {
  const question = { query: place.query, domains: place.domains, language: currentLanguage(), page_size: PAGE, group: true };
  if (place.slow) return question;
  const able = (place.domains.length ? place.domains : domains().map(({ id }) => id)).flatMap(providersOf);
  const fast = [...new Set(able.filter((one) => !one.slow).map((one) => one.id))];
  const someAreSlow = able.some((one) => one.slow);
  return someAreSlow && fast.length && fast.length <= 40 ? { ...question, providers: fast } : question;
}

/** The slow sources that the question leaves out, as outcomes. */
function leftOut(place, { providers: named }) {
  if (!named) return [];
  const chosen = place.domains.length ? place.domains : domains().map(({ id }) => id);
  return chosen.flatMap((domain) =>
    providersOf(domain)
      .filter((one) => !named.includes(one.id))
      .map((one) => ({ provider: one.id, domain, status: "SKIPPED", reason: "PROVIDER_SLOW" })),
  );
}

class Search {
  constructor(place, context) {
    this.place = place;
    this.context = context;
    this.question = questionOf(place);
    this.left = leftOut(place, this.question);
    this.token = "";
    this.outcomes = new Outcomes({ open: context.wide });
    const shape = place.domains.length ? gridShape(kindsOf(place.domains)) : "tall";
    this.results = new Results({ shape, label: say("results") });
    this.after = el("div.after");
    this.count = el("p.sub", {}, say("loading"));
    this.element = el(
      "div.searched",
      {},
      el("header.head", {}, el("h1", { tabindex: "-1" }, say("results.for", { query: place.query })), this.count),
      searchChoices(place, context.go),
      el(
        "div.columns",
        {},
        el("aside", {}, this.outcomes.element, this.#slowLeftOut()),
        el("div.main", {}, this.results.element, this.after),
      ),
    );
  }

  /** One page of the stream, to its end. */
  async run() {
    const { signal, announce } = this.context;
    fill(this.after);
    this.results.expect(8);
    let closed = false;
    try {
      for await (const event of events(STREAM, { ...this.question, page_token: this.token }, signal)) {
        if (event.started) this.outcomes.started([...(event.started.asked ?? []), ...this.left]);
        if (event.items) this.#take(event.items.items ?? []);
        if (event.outcome) this.outcomes.ended(event.outcome);
        if (event.summary) {
          closed = true;
          this.#finish(event.summary);
        } else {
          this.results.expect(this.outcomes.counts.waiting ? 4 : 0);
          announce(this.#state());
        }
      }
      if (!closed && !signal.aborted) this.#cut();
    } catch (error) {
      if (signal.aborted) return;
      this.results.expect(0);
      this.#take([]);
      this.outcomes.closed("UNAVAILABLE", error.reason);
      put(this.after, errorNotice(error, () => this.run()));
    }
  }

  #take(items) {
    this.results.add(items);
    this.count.textContent = say("results.count", { n: this.results.size });
  }

  #finish(summary) {
    const { announce } = this.context;
    this.#take([]);
    this.results.expect(0);
    for (const outcome of summary.outcomes ?? []) this.outcomes.ended(outcome);
    this.results.group(summary.groups, providerTitle);
    this.token = summary.nextPageToken ?? "";
    announce(this.#state(), { now: true });
    if (!this.results.size) put(this.after, this.#nothing());
    else if (this.token) put(this.after, el("button.more", { type: "button", onclick: () => this.#more() }, say("more")));
    if (this.outcomes.replayMissed && !this.results.size) put(this.after, replayNotice());
    const { path, service, method, body } = streamCommands(STREAM, this.question);
    put(this.after, commands({ path, service, method, body, stream: true }));
  }

  async #more() {
    const before = this.results.size;
    await this.run();
    const links = this.results.grid.querySelectorAll("a.title");
    links[before]?.focus({ preventScroll: true });
  }

  #cut() {
    this.results.expect(0);
    this.outcomes.closed("UNAVAILABLE", "CUT");
    put(this.after, notice(say("cut.title"), [say("cut.text")], el("button", { type: "button", onclick: () => this.run() }, say("again"))));
  }

  /** Nothing was found, or nobody could say: that is not the same. */
  #nothing() {
    if (this.outcomes.allFailed) return notice(say("failed.title"), [say("failed.text")]);
    const { failed } = this.outcomes.counts;
    return notice(say("empty.title", { query: this.place.query }), [failed ? say("empty.some", { n: failed }) : say("empty.text")]);
  }

  #state() {
    return `${say("results.count", { n: this.results.size })}. ${this.outcomes.sentence}`;
  }

  #slowLeftOut() {
    if (!this.left.length) return null;
    return el(
      "p.left",
      {},
      say("slow.left", { n: new Set(this.left.map((one) => one.provider)).size }),
      " ",
      el("a", { href: addressOf({ ...this.place, slow: true }) }, say("slow.ask")),
    );
  }
}

function put(parent, ...children) {
  parent.append(...children.filter(Boolean));
}

/** The kinds that these domains are mostly about: the first that they search. */
function kindsOf(chosen) {
  return chosen.flatMap((id) => providersOf(id).flatMap((one) => mainKinds(one, id)));
}

function mainKinds(one, domain) {
  const searched = (one.kinds ?? []).filter((kind) => kind.searchDefault && (!kind.domains?.length || kind.domains.includes(domain)));
  return searched.slice(0, 1).map((kind) => kind.kind);
}
