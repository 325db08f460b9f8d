// The start: what this is, and the domains. It asks no source before the reader does.

import { el } from "./dom.js";
import { domainTiles } from "./search_form.js";
import { domains, isUsable, providers } from "./sources.js";
import { say } from "./texts.js";

/** The view of the start. */
export function startView() {
  const usable = providers().filter(isUsable).length;
  const element = el(
    "div.start",
    {},
    el("header.hero", {}, el("h1", { tabindex: "-1" }, say("start.title")), el("p.lede", {}, say("start.text", { domains: domains().length, n: usable, of: providers().length }))),
    el("h2", {}, say("start.lists")),
    domainTiles(),
    el("p.meta", {}, say("start.keys")),
  );
  return { title: "", element, done: Promise.resolve() };
}
