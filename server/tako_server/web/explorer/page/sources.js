// What this server's providers can do, from ListProviders: asked once, and again for the page that shows their state.

import { ask } from "./api.js";
import { ordered, word } from "./texts.js";

let known = null;
let byId = new Map();
let domainsById = new Map();
let pending = null;

/** Load what the providers can do; `again` asks even when it is known. */
export async function loadSources({ again = false } = {}) {
  if (known && !again) return known;
  // Several views wait for the same answer, so none of them may break it off.
  pending ??= ask("/v1/providers", {}).finally(() => {
    pending = null;
  });
  known = await pending;
  byId = new Map((known.providers ?? []).map((provider) => [provider.id, provider]));
  domainsById = new Map((known.domains ?? []).map((domain) => [domain.id, domain]));
  return known;
}

/** All providers. */
export function providers() {
  return known?.providers ?? [];
}

/** The provider of this id, or undefined. */
export function provider(id) {
  return byId.get(id);
}

/** Its name. */
export function providerTitle(id) {
  return byId.get(id)?.title ?? id;
}

/** All domains, as the server orders them. */
export function domains() {
  return known?.domains ?? [];
}

/** The gRPC service of a domain. */
export function serviceOf(domain) {
  return domainsById.get(domain)?.service ?? "";
}

/** The providers that answer in a domain without being named. */
export function providersOf(domain) {
  return (domainsById.get(domain)?.providers ?? []).map(provider).filter(Boolean);
}

/** Whether it can be asked here at all. */
export function isUsable(one) {
  return Boolean(one.configured && one.enabled);
}

/** The settings that it lacks here. */
export function missingSettings(one) {
  return (one.settings ?? []).filter((setting) => setting.required && !setting.configured);
}

/** Whether Detail answers for an item of this kind. */
export function hasDetail(item) {
  const kinds = byId.get(item.provider)?.kinds ?? [];
  return kinds.some((capability) => capability.kind === item.kind && capability.detail);
}

/** The relations that its provider offers for an item, with what is known of each. */
export function relationsOf(item) {
  return (byId.get(item.provider)?.relations ?? []).filter((one) => (one.fromKinds ?? []).includes(item.kind));
}

/** The domain to ask for an item: the one that it came from, else the first of its provider. */
export function domainOf(id, named) {
  if (named) return named;
  const one = byId.get(id.split("/")[0]);
  return one?.domains?.[0] ?? one?.onRequestDomains?.[0] ?? "";
}

/** All schemes that some provider looks up. */
export function schemes() {
  return [...new Set(providers().flatMap((one) => one.lookupSchemes ?? []))].sort();
}

/** The feeds of a domain that it has without a provider being named: for each, the providers and what they say of it. */
export function feedsOf(domain) {
  const feeds = new Map();
  for (const one of providersOf(domain)) {
    for (const capability of one.feeds ?? []) {
      if (!feeds.has(capability.feed)) feeds.set(capability.feed, []);
      feeds.get(capability.feed).push({ provider: one, capability });
    }
  }
  const order = ordered("feed");
  return new Map([...feeds].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)));
}

/** The name of a domain. */
export function domainTitle(id) {
  return word("domain", id);
}
