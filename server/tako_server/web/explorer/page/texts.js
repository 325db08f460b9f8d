// The texts of the page, in the language of the browser or the one that was chosen.

const LANGUAGES = ["en", "fr"];
const CHOSEN = "tako.language";

let language = "en";
let texts = {};

/** Load the texts of this language; without one, those of the choice made before, else of the browser. */
export async function loadTexts(wanted = preferred()) {
  const answer = await fetch(new URL(`texts/${wanted}.json`, import.meta.url), { signal: AbortSignal.timeout(20000) });
  if (!answer.ok) throw new Error(`texts: ${answer.status}`);
  texts = await answer.json();
  language = wanted;
  document.documentElement.lang = wanted;
}

/** Remember the choice, and load its texts. */
export async function chooseLanguage(wanted) {
  await loadTexts(wanted);
  try {
    localStorage.setItem(CHOSEN, wanted);
  } catch {
    // Storage is closed to this page: the choice holds until it is left.
  }
}

function preferred() {
  let chosen = null;
  try {
    chosen = localStorage.getItem(CHOSEN);
  } catch {
    // As above.
  }
  if (LANGUAGES.includes(chosen)) return chosen;
  const asked = navigator.languages ?? [navigator.language];
  return asked.map((tag) => tag.slice(0, 2).toLowerCase()).find((code) => LANGUAGES.includes(code)) ?? "en";
}

/** `en` or `fr`. */
export function currentLanguage() {
  return language;
}

/** The languages that there are texts in. */
export function languages() {
  return LANGUAGES;
}

/** Language and country for numbers and dates: the browser's own way of writing this language, where it has one. */
export function locale() {
  return (navigator.languages ?? []).find((tag) => tag.toLowerCase().startsWith(language)) ?? language;
}

/** A text of the page. `{name}` is filled in; with `n`, the form for so many: `results.one`, `results.other`. */
export function say(key, values = {}) {
  const found = values.n === undefined ? texts.page[key] : (texts.page[`${key}.${form(values.n)}`] ?? texts.page[key]);
  return (found ?? key).replace(/\{(\w+)\}/g, (_, name) =>
    typeof values[name] === "number" ? new Intl.NumberFormat(locale()).format(values[name]) : (values[name] ?? ""),
  );
}

function form(n) {
  const found = new Intl.PluralRules(language).select(n);
  return found === "one" ? "one" : "other";
}

/** The word for a value of the contract, such as the kind `MOVIE`; for an unknown one, its name made readable. */
export function word(group, name) {
  return texts[group]?.[name] ?? (group === "value" ? readable(name) : (texts.value?.[name] ?? readable(name)));
}

/** Whether there is a word for it. */
export function hasWord(group, name) {
  return texts[group]?.[name] !== undefined;
}

/** The names of a group in the order of the contract. */
export function ordered(group) {
  return Object.keys(texts[group] ?? {});
}

/** `pageCount` and `PAGE_COUNT` as `Page count`. */
export function readable(name) {
  const spaced = name.replace(/_/g, " ").replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
