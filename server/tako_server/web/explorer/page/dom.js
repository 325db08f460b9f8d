// Elements, made without HTML: every text is a text node, every address is checked.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element. `spec` is a tag with classes, "a.card.wide"; `on...` properties are listeners; null children are left out.
 */
export function el(spec, properties = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(properties)) set(made, name, value);
  return put(made, ...children);
}

function set(made, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (typeof value === "function") made.addEventListener(name.slice(2), value);
  else if (name === "class") made.className += ` ${value}`;
  else if (name === "href") link(made, value);
  else if (name === "value" || name === "checked" || name === "selected") made[name] = value;
  else if (name.startsWith("on") || name === "style" || name === "srcdoc" || name === "src") {
    throw new Error(`${name} is not set by a text`);
  } else made.setAttribute(name, value === true ? "" : value);
}

/** An address within this page, or one of the web. Any other makes no link. */
function link(made, address) {
  if (/^[/#]/.test(address) && !address.startsWith("//")) {
    made.setAttribute("href", address);
    return;
  }
  const web = webAddress(address);
  if (!web) return;
  made.setAttribute("href", web);
  made.setAttribute("rel", "noopener noreferrer");
  made.setAttribute("target", "_blank");
}

/** The address when it is one of the web, else null: never `javascript:` and its like. */
export function webAddress(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

/** The address of a picture, over https; null when it has none. */
export function pictureAddress(address) {
  const web = address ? webAddress(address) : null;
  return web ? web.replace(/^http:/, "https:") : null;
}

/** Append children: nodes, texts, lists of them; nothing for null and false. */
export function put(parent, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== "") parent.append(child);
  }
  return parent;
}

/** Put these children in the place of the old ones. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  return put(parent, ...children);
}

/** The same for a whole view: when something in it had the focus, its new heading gets that. */
export function fillView(view, ...children) {
  const focused = view.contains(document.activeElement);
  fill(view, ...children);
  if (focused) view.querySelector("h1")?.focus({ preventScroll: true });
}

/** A drawing of 24 by 24, in the colour of the text around it; hidden from those who listen. */
export function drawing(path, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** A text that is only heard. */
export function heard(text) {
  return el("span.heard", {}, text);
}
