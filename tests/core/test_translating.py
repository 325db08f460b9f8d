"""Who asks for no translation pays for none."""

from __future__ import annotations

from collections.abc import Sequence

from tako.v1.answers_pb2 import ProviderOutcome
from tako.v1.media_service_pb2 import MediaSearchRequest, MediaTermsRequest
from tako_server.core.deadline import Deadline
from tako_server.core.listing import Listing
from tako_server.core.translating import Translated, Translating

NO_ITEM = b"\xff not a message"


class Told:
    """Translations that fail as they are told, and know what they were asked."""

    def __init__(self, failed: dict[int, str] | None = None) -> None:
        self.failed = failed or {}
        self.asked: list[tuple[str, float]] = []

    async def items(self, parts: Sequence[bytes], language: str, seconds: float) -> Translated:
        self.asked.append((language, seconds))
        return Translated([part.upper() for part in parts], self.failed)


def outcome(provider: str, status: ProviderOutcome.Status.ValueType = ProviderOutcome.OK) -> ProviderOutcome:
    return ProviderOutcome(provider=provider, status=status)


async def test_what_nobody_asks_to_translate_is_not_looked_at() -> None:
    told = Told()
    translating = Translating(told, "fr")
    listing = Listing([NO_ITEM], {}, [outcome("one")], [])
    for request in (MediaSearchRequest(query="x", language="fr"), MediaTermsRequest(provider="one")):
        assert await translating.listing(request, listing, Deadline.after(10)) is listing
    assert not told.asked


async def test_an_empty_answer_is_not_sent_anywhere() -> None:
    told = Told()
    request = MediaSearchRequest(query="x", language="fr", translate=True)
    await Translating(told).listing(request, Listing([], {}, [outcome("one")], []), Deadline.after(10))
    assert not told.asked


async def test_time_is_kept_back_to_answer() -> None:
    told = Told()
    request = MediaSearchRequest(query="x", language="fr_fr", translate=True)
    for seconds in (10.0, 1.0):
        await Translating(told).parts(request, [b"a"], [outcome("one")], Deadline.after(seconds))
    (first, second) = told.asked
    assert first[0] == "fr-FR"
    assert 9.5 < first[1] <= 9.8
    assert 0.8 < second[1] <= 0.9


async def test_the_outcome_of_a_provider_whose_text_is_missing_says_so() -> None:
    request = MediaSearchRequest(query="x", language="fr", translate=True)
    outcomes = [outcome("one"), outcome("two"), outcome("two", ProviderOutcome.TIMEOUT)]
    outcomes[2].reason = "PROVIDER_TIMEOUT"
    parts = await Translating(Told({1: "two"})).parts(request, [b"a", b"b"], outcomes, Deadline.after(10))
    assert parts == [b"A", b"B"]
    assert [(o.partial, o.reason) for o in outcomes] == [
        (False, ""),
        (True, "TRANSLATION_FAILED"),
        (False, "PROVIDER_TIMEOUT"),
    ]


async def test_of_a_batch_only_the_item_that_lacks_a_text_says_so() -> None:
    request = MediaSearchRequest(query="x", language="fr", translate=True)
    outcomes = [outcome("one"), outcome("one")]
    await Translating(Told({1: "one"})).parts(request, [b"a", b"b"], outcomes, Deadline.after(10), one_each=True)
    assert [o.partial for o in outcomes] == [False, True]
