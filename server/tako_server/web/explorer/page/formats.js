// Numbers, dates, money and codes, as they are written in the chosen language.

import { currentLanguage, locale } from "./texts.js";

/** A number. */
export function number(value, options = {}) {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: 2, ...options }).format(value);
}

/** A date of which maybe only the year or the month is known: `YYYY[-MM[-DD]]`. Any other text stays as it is. */
export function date(text) {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return text;
  const [, year, month, day] = match;
  if (!month) return String(Number(year));
  const when = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(when.getTime())) return text;
  const options = day ? { dateStyle: "long" } : { year: "numeric", month: "long" };
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(when);
}

/** A moment, in the time of this device. */
export function moment(text) {
  const when = new Date(text);
  if (Number.isNaN(when.getTime())) return text;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "short" }).format(when);
}

/** How long ago, or how long from now. */
export function relative(text, now = Date.now()) {
  const seconds = (new Date(text).getTime() - now) / 1000;
  if (Number.isNaN(seconds)) return text;
  const steps = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale(), { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** An amount of money: whole units and billionths. */
export function money({ currencyCode, units = 0, nanos = 0 }) {
  const amount = Number(units) + nanos / 1e9;
  try {
    const whole = Number.isInteger(amount) && Math.abs(amount) >= 1000;
    const options = { style: "currency", currency: currencyCode, ...(whole ? { maximumFractionDigits: 0 } : {}) };
    return new Intl.NumberFormat(locale(), options).format(amount);
  } catch {
    return `${number(amount)} ${currencyCode ?? ""}`.trim();
  }
}

/** A length in minutes. */
export function minutes(value) {
  const hours = Math.floor(value / 60);
  const rest = value % 60;
  const parts = [];
  if (hours) parts.push(unit(hours, "hour"));
  if (rest || !hours) parts.push(unit(rest, "minute"));
  return parts.join(" ");
}

/** A number with its unit, such as `3 cm`. */
export function unit(value, name, unitDisplay = "short") {
  return number(value, { style: "unit", unit: name, unitDisplay, maximumFractionDigits: 1 });
}

/** A length as on a record sleeve: `4:05`, `1:02:03`. */
export function clock(seconds) {
  const whole = Math.round(seconds);
  const two = (value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${hours ? two(Math.floor((whole % 3600) / 60)) : Math.floor(whole / 60)}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

/** A time that was waited: `310ms`, `4.2s`. */
export function seconds(value) {
  if (value < 1) return unit(Math.max(1, Math.round(value * 1000)), "millisecond", "narrow");
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return new Intl.NumberFormat(locale(), {
    style: "unit", unit: "second", unitDisplay: "narrow", maximumFractionDigits: digits, minimumFractionDigits: digits,
  }).format(value);
}

/** `12.5s`, as protobuf writes a duration, in seconds. */
export function durationSeconds(text) {
  return Number.parseFloat(text ?? "0");
}

/** The name of a language, of a BCP-47 code. */
export function languageName(code) {
  return named("language", code);
}

/** The name of a country, of an ISO 3166 code. */
export function countryName(code) {
  return named("region", code);
}

function named(type, code) {
  try {
    return new Intl.DisplayNames([locale(), currentLanguage()], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Texts in a row: `a, b and c`. */
export function listing(texts) {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(texts);
}
