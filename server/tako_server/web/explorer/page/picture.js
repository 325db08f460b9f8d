// Pictures of upstreams: over https, without telling where from, loaded when they come near; a drawing where there is none.

import { drawing, el, pictureAddress } from "./dom.js";
import { glyphOf } from "./glyphs.js";

const SQUARE = new Set([
  "BUILDING_SET", "PART", "MINIFIG", "ALBUM", "RELEASE", "TRACK", "ARTIST", "LABEL", "COLLECTIBLE", "PRODUCT", "OFFER",
  "BOARD_GAME", "CONSOLE", "ORGANIZATION", "CARD_SET", "ACHIEVEMENT",
]);
const WIDE = new Set(["EPISODE", "VIDEO", "IMAGE"]);
const BESIDE = new Set(["BACKDROP", "BANNER", "LOGO", "ICON", "ART_CROP"]);

/** The shape of a kind's pictures: `tall` 2:3, `square` or `wide` 16:9. */
export function shapeOf(kind) {
  if (WIDE.has(kind)) return "wide";
  return SQUARE.has(kind) ? "square" : "tall";
}

/** The addresses of an item's main picture, the one to try first in front. */
export function addressesOf(item, { small = false } = {}) {
  const images = item.images ?? [];
  const of = (role) => images.find((image) => image.role === role);
  const order = small ? [of("THUMBNAIL"), of("PRIMARY")] : [of("PRIMARY"), of("THUMBNAIL")];
  const other = images.find((image) => !BESIDE.has(image.role)) ?? images[0];
  const chosen = [...order, other].filter(Boolean);
  const addresses = chosen.flatMap((image) => (small ? [image.thumbnailUrl, image.url] : [image.url, image.thumbnailUrl]));
  return [...new Set(addresses.map(pictureAddress).filter(Boolean))];
}

/** A frame of the kind's shape with a picture in it. `alternative` is what those hear who do not see it. */
export function picture(addresses, { kind, alternative = "", shape = shapeOf(kind), eager = false } = {}) {
  const frame = el(`div.frame.${shape}`, {}, drawing(glyphOf(kind), "glyph"));
  if (alternative && !addresses.length) labelled(frame, alternative);
  if (addresses.length) show(frame, addresses, alternative, eager);
  return frame;
}

function show(frame, addresses, alternative, eager) {
  const [address, ...others] = addresses;
  const image = el("img", {
    alt: alternative, loading: eager ? "eager" : "lazy", decoding: "async", referrerpolicy: "no-referrer",
  });
  image.addEventListener("load", () => frame.classList.add("loaded"));
  image.addEventListener("error", () => {
    image.remove();
    if (others.length) show(frame, others, alternative, eager);
    else if (alternative) labelled(frame, alternative);
  });
  image.src = address;
  frame.append(image);
}

function labelled(frame, alternative) {
  frame.setAttribute("role", "img");
  frame.setAttribute("aria-label", alternative);
}
