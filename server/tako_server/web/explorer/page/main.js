// Puts the page together: its head, the view that the address names, and the way between views.

import { drawing, el, fill } from "./dom.js";
import { errorNotice } from "./notices.js";
import { addressOf, placeOf } from "./routes.js";
import { SearchForm } from "./search_form.js";
import { domains, loadSources } from "./sources.js";
import { chooseLanguage, currentLanguage, languages, loadTexts, say } from "./texts.js";

// Each view is loaded when it is first gone to.
const VIEWS = {
  start: () => import("./start_view.js").then((module) => module.startView),
  search: () => import("./search_view.js").then((module) => module.searchView),
  item: () => import("./item_view.js").then((module) => module.itemView),
  lookup: () => import("./lookup_view.js").then((module) => module.lookupView),
  lists: () => import("./lists_view.js").then((module) => module.listsView),
  sources: () => import("./sources_view.js").then((module) => module.sourcesView),
};
const KEPT_VIEWS = 12;
const QUIET = 1200;

/** The page. One view is shown at a time; finished ones are kept for Back, with the place where the reader was. */
class Page {
  constructor() {
    this.kept = new Map();
    this.number = history.state?.number ?? 0;
    history.scrollRestoration = "manual";
    this.live = el("p.heard", { role: "status", "aria-live": "polite" });
    this.main = el("main", { id: "main", tabindex: "-1" });
    this.shown = null;
    this.turn = 0;
  }

  build() {
    this.form = new SearchForm((place) => this.go(place));
    fill(
      document.getElementById("page"),
      el("a.skip", { href: "#main", onclick: (event) => this.#skip(event) }, say("skip")),
      el(
        "header.bar-top",
        {},
        el("a.brand", { href: "/", "aria-label": say("home") }, drawing(OCTOPUS, "mark"), "Tako"),
        this.form.element,
        el(
          "nav.main-nav",
          { "aria-label": say("nav") },
          el("a", { href: addressOf({ view: "lists", domain: domains()[0]?.id ?? "" }), "data-view": "lists" }, say("nav.lists")),
          el("a", { href: addressOf({ view: "sources" }), "data-view": "sources" }, say("nav.sources")),
          el("a", { href: "/docs", "data-outside": "" }, say("nav.docs")),
          languageChoice(() => this.#speakAnew()),
        ),
      ),
      this.main,
      el("footer", {}, el("p", {}, say("footer"))),
      this.live,
    );
  }

  /** Go to a place, as by a link. */
  go(place) {
    this.#leave();
    this.number += 1;
    history.pushState({ number: this.number }, "", addressOf(place));
    this.show({ fresh: true });
  }

  /** Show what the address names: kept, or made anew. */
  async show({ fresh = false } = {}) {
    const before = document.activeElement?.id;
    const address = location.search;
    const place = placeOf(address);
    const kept = fresh ? null : this.kept.get(this.number);
    this.shown = null;
    this.turn += 1;
    const { turn } = this;
    this.form.show(place); // at once: what a reader writes while the view is made must stay
    const view = kept?.address === address ? kept : await this.#make(place, address);
    if (turn !== this.turn) {
      view.leaving.abort(); // the reader went on while its module was loaded
      return;
    }
    this.shown = view;
    for (const link of document.querySelectorAll("[data-view]")) {
      if (link.dataset.view === place.view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    fill(this.main, view.element);
    document.title = view.title ? `${view.title} · Tako` : "Tako";
    scrollTo(0, view.top ?? 0);
    if (turn > 1) this.#focus(before); // a page that was just opened leaves the focus where browsers put it
  }

  async #make(place, address) {
    const leaving = new AbortController();
    const view = { address, ended: false, top: 0, leaving };
    const context = {
      signal: leaving.signal,
      wide: matchMedia("(min-width: 60rem)").matches,
      go: (next) => this.go(next),
      announce: (text, options) => this.#announce(text, options),
      titled: (title) => {
        view.title = title;
        if (this.shown === view) document.title = `${title} · Tako`;
      },
    };
    let made = null;
    try {
      made = await VIEWS[place.view]();
    } catch (error) {
      const again = () => location.reload(); // a module that failed to load is not asked for again by itself
      const told = errorNotice({ reason: "OFFLINE", message: error.message }, again);
      return { ...view, title: "", element: el("div", {}, el("h1", { tabindex: "-1" }, "Tako"), told) };
    }
    const { title, element, done } = made(place, context);
    Object.assign(view, { title, element });
    done.then(() => {
      view.ended = !leaving.signal.aborted;
    });
    return view;
  }

  /** What is left unfinished stops, and is asked again when the reader comes back. */
  #leave() {
    const view = this.shown;
    if (!view) return;
    view.top = scrollY;
    if (view.ended) this.kept.set(this.number, view);
    else view.leaving.abort();
    for (const number of this.kept.keys()) {
      if (this.kept.size <= KEPT_VIEWS) break;
      this.kept.get(number).leaving.abort();
      this.kept.delete(number);
    }
  }

  /** The reader came back or forward. */
  came(state) {
    this.#leave();
    this.number = state?.number ?? 0;
    this.show();
  }

  /** What is focused stays so where the new view has it too; else its heading is read. */
  #focus(before) {
    if (this.form.isBeingWritten) return;
    const same = before && before !== "main" ? document.getElementById(before) : null;
    const target = same && same.id !== "q" ? same : this.main.querySelector("h1");
    target?.focus({ preventScroll: true });
  }

  #speakAnew() {
    this.#leave();
    this.kept.clear();
    this.build();
    this.show({ fresh: true });
  }

  #skip(event) {
    event.preventDefault();
    this.main.focus();
    this.main.scrollIntoView();
  }

  /** Tell those who listen, not more often than they can hear. */
  #announce(text, { now = false } = {}) {
    clearTimeout(this.announcing);
    this.announcing = setTimeout(() => {
      this.live.textContent = text;
    }, now ? 100 : QUIET);
  }
}

const OCTOPUS =
  "M12 2.5c-4.2 0-7 3-7 6.7 0 2.1.8 3.5.8 4.9 0 1.8-2.6 1.7-2.6 3.7 0 1 .9 1.3 2.1 1.3 2.3 0 2.1-2.6 3.3-2.6.8 0 .6 5 2.1 5 1.3 0 .9-4.6 1.3-4.6s0 4.6 1.3 4.6c1.5 0 1.3-5 2.1-5 1.2 0 1 2.6 3.3 2.6 1.2 0 2.1-.3 2.1-1.3 0-2-2.6-1.9-2.6-3.7 0-1.4.8-2.8.8-4.9 0-3.7-2.8-6.7-7-6.7z";

function languageChoice(changed) {
  const select = el(
    "select",
    { id: "language", "aria-label": say("language"), onchange: () => chooseLanguage(select.value).then(changed) },
    languages().map((code) => el("option", { value: code, selected: code === currentLanguage(), lang: code }, code.toUpperCase())),
  );
  return select;
}

/** Links within the page change the view; all others are the browser's. */
function follow(event, page) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.("a[href]");
  const href = link?.getAttribute("href") ?? "";
  if (href !== "/" && !href.startsWith("/?")) return;
  event.preventDefault();
  page.go(placeOf(href.slice(1)));
}

/** `/` goes to the search box. */
function shortcut(event, page) {
  const typing = event.target.closest?.("input, select, textarea, dialog");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  page.form.field.focus();
  page.form.field.select();
}

async function start() {
  const page = new Page();
  try {
    await loadTexts();
    await loadSources();
  } catch (error) {
    fill(document.getElementById("page"), el("main", {}, el("h1", {}, "Tako"), errorNotice(error, () => location.reload())));
    return;
  }
  page.build();
  page.show({ fresh: true });
  addEventListener("popstate", (event) => page.came(event.state));
  document.addEventListener("click", (event) => follow(event, page));
  document.addEventListener("keydown", (event) => shortcut(event, page));
}

start();
