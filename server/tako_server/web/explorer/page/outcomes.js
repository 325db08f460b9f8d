// What became of each source, as it comes: waiting, answered, failed and why, and how long it took.

import { drawing, el, fill } from "./dom.js";
import { durationSeconds, number, relative, seconds } from "./formats.js";
import { SIGNS } from "./glyphs.js";
import { addressOf } from "./routes.js";
import { domainTitle, missingSettings, provider, providerTitle } from "./sources.js";
import { hasWord, say, word } from "./texts.js";

const TONES = {
  OK: ["good", SIGNS.check], EMPTY: ["calm", SIGNS.none], STALE: ["old", SIGNS.old], PENDING: ["waiting", SIGNS.clock],
  SKIPPED: ["calm", SIGNS.none], NOT_FOUND: ["calm", SIGNS.none], UNSUPPORTED: ["calm", SIGNS.none],
  NOT_CONFIGURED: ["calm", SIGNS.key], DISABLED: ["calm", SIGNS.none],
};
const ANSWERED = new Set(["OK", "EMPTY", "STALE", "NOT_FOUND"]);
const WORTH_SAYING = 10;
const LEFT_OUT = new Set(["NOT_CONFIGURED", "DISABLED", "SKIPPED", "UNSUPPORTED"]);

/** The words for an outcome, such as `timed out`. */
export function outcomeWord(outcome) {
  if (hasWord("reason", outcome.reason)) return word("reason", outcome.reason);
  return word("status", outcome.status);
}

/** What is particular to one source: the setting that it lacks, when to try again. Empty when there is nothing to say. */
export function outcomeSentence(outcome) {
  const parts = [];
  const missing = outcome.status === "NOT_CONFIGURED" ? missingSettings(provider(outcome.provider) ?? {}) : [];
  if (missing.length) {
    parts.push(say("needs", { what: missing.map((setting) => setting.variable).join(", ") }));
  }
  if (outcome.status === "STALE" && outcome.freshness?.fetchedAt) {
    parts.push(say("stale.from", { when: relative(outcome.freshness.fetchedAt) }));
  }
  if (durationSeconds(outcome.retryAfter) >= WORTH_SAYING) parts.push(say("retry.after", { when: seconds(durationSeconds(outcome.retryAfter)) }));
  if (outcome.partial) parts.push(say("partial"));
  if (outcome.ignoredFields?.length) parts.push(say("ignored", { what: outcome.ignoredFields.join(", ") }));
  return parts.join(" ");
}

/** How the sources fared, in one list: `started` names them, `ended` tells of one, `closed` when no more will come. */
export class Outcomes {
  constructor({ open }) {
    this.rows = new Map();
    this.outcomes = new Map();
    this.list = el("ul.outcomes");
    this.bar = el("span.done");
    this.summary = el("span.counts");
    this.meanings = el("dl.meanings");
    this.element = el(
      "details.sources",
      { open },
      el("summary", {}, el("h2", {}, say("sources")), this.summary, el("span.bar", { "aria-hidden": "true" }, this.bar)),
      this.list,
      this.meanings,
    );
    this.#count();
  }

  /** Who is asked, and who is not. */
  started(asked) {
    for (const outcome of asked) this.ended(outcome);
    this.#tick(Date.now());
  }

  /** Tell how long those are waited for that take long. */
  #tick(began) {
    const timer = setInterval(() => {
      if (!this.counts.waiting || !this.element.isConnected) clearInterval(timer);
      for (const [key, outcome] of this.outcomes) {
        if (outcome.status !== "PENDING") continue;
        const waited = seconds(Math.round((Date.now() - began) / 1000));
        this.rows.get(key).querySelector(".state").textContent = `${outcomeWord(outcome)} ${waited}`;
      }
    }, 1000);
  }

  /** One source's state, new or changed. */
  ended(outcome) {
    const key = `${outcome.domain ?? ""}/${outcome.provider}/${outcome.scope ?? ""}`;
    this.outcomes.set(key, outcome);
    if (!this.rows.has(key)) {
      const row = el("li");
      this.rows.set(key, row);
      this.list.append(row);
    }
    paint(this.rows.get(key), outcome, this.#severalDomains(outcome));
    this.#count();
  }

  /** No more will come: whoever has not answered by now did not. */
  closed(status, reason) {
    for (const outcome of this.outcomes.values()) {
      if (outcome.status === "PENDING") this.ended({ ...outcome, status, reason });
    }
  }

  /** How many were asked, have answered, failed, and are waited for. */
  get counts() {
    const all = [...this.outcomes.values()];
    const waiting = all.filter((one) => one.status === "PENDING").length;
    const left = all.filter((one) => LEFT_OUT.has(one.status)).length;
    const answered = all.filter((one) => ANSWERED.has(one.status)).length;
    return { asked: all.length - left, waiting, answered, failed: all.length - left - answered - waiting, left };
  }

  /** The counts in words. */
  get sentence() {
    const { asked, answered, failed, waiting } = this.counts;
    const parts = [say("counts.answered", { n: answered, of: asked })];
    if (failed) parts.push(say("counts.failed", { n: failed }));
    if (waiting) parts.push(say("counts.waiting", { n: waiting }));
    return parts.join(" · ");
  }

  /** Whether some source answered from samples or recordings only, and had none for the question. */
  get replayMissed() {
    return [...this.outcomes.values()].some((one) => one.reason === "REPLAY_MISS");
  }

  /** Whether no source that was asked has answered. */
  get allFailed() {
    const { asked, answered, waiting } = this.counts;
    return asked > 0 && !answered && !waiting;
  }

  #severalDomains(outcome) {
    return [...this.outcomes.values()].some((one) => one.provider === outcome.provider && one.domain !== outcome.domain);
  }

  #count() {
    const { asked, waiting } = this.counts;
    this.summary.textContent = asked ? this.sentence : "";
    this.bar.style.setProperty("inline-size", asked ? `${(100 * (asked - waiting)) / asked}%` : "0");
    this.element.classList.toggle("working", waiting > 0);
    if (!waiting) this.#explain();
  }

  /** What each reason means, said once below the list. */
  #explain() {
    const failed = [...this.outcomes.values()].filter((one) => one.status !== "SKIPPED");
    const reasons = new Set(failed.map((one) => one.reason).filter((reason) => hasWord("reasonLong", reason)));
    fill(
      this.meanings,
      [...reasons].map((reason) => el("div", {}, el("dt", {}, word("reason", reason)), el("dd", {}, word("reasonLong", reason)))),
    );
  }
}

function paint(row, outcome, named) {
  const [tone, sign] = TONES[outcome.status] ?? ["bad", SIGNS.cross];
  row.className = `outcome ${tone}`;
  const name = el(
    "a.name",
    { href: addressOf({ view: "sources", provider: outcome.provider }) },
    providerTitle(outcome.provider),
    named ? ` · ${domainTitle(outcome.domain)}` : "",
  );
  const sentence = outcomeSentence(outcome);
  fill(
    row,
    drawing(sign, "icon sign"),
    name,
    el("span.state", { title: outcome.message }, stateOf(outcome)),
    sentence ? el("p.why", {}, sentence) : null,
  );
}

/** `12 · 0.31 s`, or why not. */
function stateOf(outcome) {
  const told = [];
  if (outcome.status === "OK" && outcome.itemCount) told.push(counted(outcome));
  else told.push(outcomeWord(outcome));
  if (outcome.scope) told.unshift(outcome.scope);
  if (!LEFT_OUT.has(outcome.status) && outcome.latency) told.push(seconds(durationSeconds(outcome.latency)));
  return told.join(" · ");
}

function counted(outcome) {
  if (!outcome.total || Number(outcome.total) <= outcome.itemCount) return number(outcome.itemCount);
  const about = outcome.totalIsEstimate ? "≈ " : "";
  return say("count.of", { count: outcome.itemCount, total: `${about}${number(Number(outcome.total))}` });
}
