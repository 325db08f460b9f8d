// What is shown stands in the address, so that it can be shared, kept and gone back to.
//
//   /                              the start
//   /?q=dark&d=media&d=books       a search; &slow=1 asks the slow sources too
//   /?code=9780441013593           a look-up; &scheme=isbn13 says what the code is
//   /?item=tmdb/movie/603          an item; &in=media names its domain
//   /?lists=media                  the lists of a domain
//   /?sources=tmdb                 the sources; one of them, or `all`

/** The place that an address names. */
export function placeOf(search) {
  const query = new URLSearchParams(search);
  if (query.has("item")) return { view: "item", id: query.get("item"), domain: query.get("in") ?? "" };
  if (query.has("code")) return { view: "lookup", code: query.get("code"), scheme: query.get("scheme") ?? "" };
  if (query.has("q")) {
    return { view: "search", query: query.get("q"), domains: query.getAll("d"), slow: query.get("slow") === "1" };
  }
  if (query.has("lists")) return { view: "lists", domain: query.get("lists") };
  if (query.has("sources")) return { view: "sources", provider: query.get("sources") };
  return { view: "start" };
}

/** The address of a place. */
export function addressOf(place) {
  const query = new URLSearchParams();
  if (place.view === "item") {
    query.set("item", place.id);
    if (place.domain) query.set("in", place.domain);
  } else if (place.view === "lookup") {
    query.set("code", place.code);
    if (place.scheme) query.set("scheme", place.scheme);
  } else if (place.view === "search") {
    query.set("q", place.query);
    for (const domain of place.domains ?? []) query.append("d", domain);
    if (place.slow) query.set("slow", "1");
  } else if (place.view === "lists") {
    query.set("lists", place.domain);
  } else if (place.view === "sources") {
    query.set("sources", place.provider || "all");
  }
  const text = query.toString().replace(/%2F/g, "/");
  return text ? `/?${text}` : "/";
}
