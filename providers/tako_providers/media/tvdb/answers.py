"""TheTVDB's envelope: `{status, message, data, links}`, and what its failures mean."""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.item_pb2 import Item
from tako_providers import sdk
from tako_providers.sdk import InvalidField, Json, NotConfigured, NotFound, Page, ShapeChanged
from tako_providers.sdk.errors import Refused

REFUSED = (400,)
"""Status whose body says why, for ``allow`` of a search."""
KEY = "TVDB_API_KEY"
PIN = "TVDB_PIN"

FILTERED_PAGE = 500
"""Records on a full page of a filtered list, which says nothing of the next."""


def data(body: Json) -> Json:
    """What an answer holds; None where upstream found nothing. Raises what a failure means."""
    if not isinstance(body, dict) or not isinstance(body.get("status"), str):
        raise ShapeChanged("TheTVDB: an object with a status was expected")
    if body["status"] != "success":
        raise _failure_of(body)
    if "data" not in body:
        raise ShapeChanged("TheTVDB: data was expected")
    return body["data"]


def is_absent(body: Json) -> bool:
    """Whether this is the word for something that upstream does not have."""
    return isinstance(body, dict) and body.get("status") == "failure" and isinstance(_failure_of(body), NotFound)


def record(body: Json) -> Json:
    """The one record of an answer."""
    found = data(body)
    if found is None:
        raise NotFound("TheTVDB knows no such item")
    if not isinstance(found, dict):
        raise ShapeChanged("TheTVDB: one record was expected")
    return found


def records(body: Json) -> list[Json]:
    """The records of an answer; null is none."""
    found = data(body)
    if found is None:
        return []
    if not isinstance(found, list):
        raise ShapeChanged("TheTVDB: a list of records was expected")
    return [entry for entry in found if isinstance(entry, dict)]


def total(body: Json) -> int | None:
    """How many records there are, where upstream says it."""
    return sdk.count_in(sdk.dict_in(body, "links"), "total_items")


def has_next(body: Json) -> bool:
    """Whether upstream names a next page."""
    return bool(sdk.dict_in(body, "links").get("next"))


def known(items: Sequence[Item | None], found: Sequence[Json]) -> list[Item]:
    """What could be read. Raises ShapeChanged when nothing could be."""
    read = sdk.present(items)
    if found and not read:
        raise ShapeChanged("TheTVDB: records with an id and a name were expected")
    return read


def page(
    items: Sequence[Item], found: Sequence[Json], body: Json, following: str, ignored: tuple[str, ...] = ()
) -> Page:
    """A page of what was made of ``found``; some may have been left out."""
    count = total(body)
    return Page(
        items,
        next=following if found else sdk.FIRST,
        total=count,
        total_is_estimate=count is not None and len(items) != len(found),
        ignored=ignored,
    )


def _failure_of(body: Json) -> Exception:
    message = sdk.text_in(body, "message")
    word = message.partition(":")[0].casefold()
    if "notfound" in word or "not found" in message.casefold():
        return NotFound("TheTVDB knows no such item")
    if "apikey" in word or "unauthorized" in word:
        return NotConfigured("TheTVDB refuses the key that is set", variables=(KEY,))
    if "max results" in message.casefold():
        return InvalidField("page_token", "lies behind the last result that TheTVDB gives")
    if "query is required" in message.casefold():
        return InvalidField("query", "is needed to search TheTVDB")
    return Refused("TheTVDB refused the request")
