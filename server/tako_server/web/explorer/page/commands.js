// The commands that give the same answer, for a shell: quoted so that no text of the answer can become a command.

import { pathOf } from "./api.js";
import { apiKey } from "./access_key.js";
import { el } from "./dom.js";
import { currentLanguage, say } from "./texts.js";

/** A word of a POSIX shell that means exactly this text. */
export function quoted(text) {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** curl for a path of REST. */
export function curl(path, parameters = {}, { stream = false } = {}) {
  const key = apiKey() ? ` -H "x-api-key: $TAKO_API_KEY"` : "";
  return `curl ${stream ? "-N " : ""}${quoted(location.origin + pathOf(path, parameters))}${key}`;
}

/** grpcurl for a method; the gateway's port takes gRPC too. */
export function grpcurl(service, method, body) {
  const secure = location.protocol === "https:";
  const port = location.port || (secure ? "443" : "80");
  const key = apiKey() ? ` -H "x-api-key: $TAKO_API_KEY"` : "";
  const filled = Object.fromEntries(Object.entries(body).filter(([, value]) => !isEmpty(value)));
  const plain = secure ? "" : " -plaintext";
  return `grpcurl${plain}${key} -d ${quoted(JSON.stringify(filled))} ${quoted(`${location.hostname}:${port}`)} ${service}/${method}`;
}

function isEmpty(value) {
  return value === undefined || value === "" || value === false || (Array.isArray(value) && !value.length);
}

/** The commands of a question, folded away, each with a button that copies it. */
export function commands({ path, parameters = {}, service, method, body, stream = false }) {
  return el(
    "details.fold",
    {},
    el("summary", {}, say("commands")),
    el("p.meta", {}, say("commands.what")),
    command("grpcurl", grpcurl(service, method, body)),
    command("curl", curl(path, parameters, { stream })),
  );
}

/** What the commands of a search over all domains are made of. */
export function streamCommands(path, question) {
  return {
    path: pathOf(path, question),
    service: "tako.v1.CatalogService",
    method: "SearchStream",
    body: { ...question, page_size: question.page_size, language: currentLanguage() },
  };
}

function command(name, text) {
  return el("div.command", {}, el("h3", {}, name), copyable(text, name));
}

/** A text in a box with a button that copies it. */
export function copyable(text, name) {
  const button = el("button.quiet.copy", { type: "button", "aria-label": say("copy.what", { what: name }) }, say("copy"));
  button.addEventListener("click", () => copy(text, button));
  return el("div.copyable", {}, el("pre", { tabindex: "0", "aria-label": name, role: "region" }, el("code", {}, text)), button);
}

async function copy(text, button) {
  const done = await copied(text, button);
  button.textContent = say(done ? "copied" : "copy.failed");
  setTimeout(() => {
    button.textContent = say("copy");
  }, 2000);
}

/** By the clipboard; where a page without TLS has none, by what is selected. */
async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const code = button.previousElementSibling.firstElementChild;
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }
}
