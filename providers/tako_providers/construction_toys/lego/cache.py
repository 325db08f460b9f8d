"""The cache of a page's GraphQL client (Apollo): a flat map of objects that name one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tako_providers.sdk import Json, ShapeChanged, count_in, dict_in, node_of, script_json, text_in

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_NEXT = "//script[@id='__NEXT_DATA__']"
_STATES = ("__APOLLO_STATE__", "initialApolloState", "apolloState")
_NESTED = ("variant", "readOnlyVariant", "brandCategory", "productCategories", "productMediaAssets")
DEEPEST = 8


def state_of(page: HtmlElement) -> dict[str, Json] | None:
    """The objects of the page's cache; None where the page has no such thing."""
    data = script_json(page, _NEXT)
    if data is None and node_of(page, _NEXT) is not None:
        raise ShapeChanged("LEGO gave a page that is not whole")
    props = dict_in(dict_in(data, "props"), "pageProps") if isinstance(data, dict) else {}
    return next((props[name] for name in _STATES if isinstance(props.get(name), dict)), None)


def whole(value: Json, state: dict[str, Json], depth: int) -> Json:
    """``value`` with the objects that it names put in their places."""
    if isinstance(value, list):
        return [whole(one, state, depth) for one in value]
    if not isinstance(value, dict):
        return value
    key = value.get("__ref") or (value.get("id") if value.get("type") == "id" or len(value) == 1 else None)
    if isinstance(key, str) and (key in state or len(value) > 1):
        value = state.get(key)
    if not isinstance(value, dict) or depth == 0:
        return None
    if _is_product(value):
        return value  # a product names others, and those others again
    return {name: whole(one, state, depth - 1) for name, one in value.items()}


def _is_product(entry: Json) -> bool:
    return "productCode" in entry


def with_its_own(entry: Json, state: dict[str, Json]) -> Json:
    """A product of the cache with what belongs to it."""
    return {**entry, **{name: whole(entry[name], state, DEEPEST) for name in _NESTED if name in entry}}


def code(entry: Json) -> str:
    if not isinstance(entry, dict):
        return ""
    return text_in(entry, "productCode") or text_in(entry, "id")


def result(state: dict[str, Json]) -> Json | None:
    """The list that the page shows: the longest, as others are of what is recommended."""
    results = [
        entry
        for entry in state.values()
        if isinstance(entry, dict)
        and entry.get("__typename") == "ProductQueryResult"
        and isinstance(entry.get("results"), list)
    ]
    return max(results, key=lambda entry: (count_in(entry, "total") or 0, len(entry["results"])), default=None)
