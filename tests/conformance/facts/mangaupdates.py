"""MangaUpdates."""

from __future__ import annotations

from tako.v1.choices_pb2 import Relation
from tako.v1.details_anime_manga_pb2 import Format, Publication
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link, WorkStatus
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole
from tako_providers.sdk import Page
from tests.conformance.cases import Facts, detail, lookup, related, search

facts = Facts("mangaupdates", walk="sample voyage", nothing="nothing")

BERSERK = "mangaupdates/manga/51239621230"
JOJO = "mangaupdates/manga/42553317740"


def titles(item: Item) -> list[tuple[str, str]]:
    return [(AlternativeTitle.Type.Name(one.type), one.text) for one in item.alternative_titles]


@facts("detail-series-51239621230-berserk", detail(BERSERK))
def a_series(item: Item) -> None:
    assert (item.kind, item.title, item.original_title, item.language) == (Item.MANGA, "Berserk", "ベルセルク", "en")
    assert [text for _, text in titles(item)] == [
        "Берсерк",
        "ברזרק",
        "برزرک",
        "बर्जर्क",
        "बर्सर्क",
        "เบอร์เซิร์ก",
        "烙印勇士",
        "烙印战士",
        "베르세르크",
    ]
    assert item.description.startswith("From Dark Horse:\nHis name is Guts, the Black Swordsman")
    assert (item.year, item.HasField("end_year"), item.release_date) == (1989, False, "")
    assert [(one.role, one.width, one.height) for one in item.images] == [
        (Image.PRIMARY, 284, 400),
        (Image.THUMBNAIL, 0, 0),
    ]
    assert item.images[0].url == "https://cdn.mangaupdates.com/image/i501230.png"
    assert [(one.role, one.url) for one in item.links] == [
        (Link.SOURCE, "https://www.mangaupdates.com/series/njeqwry/berserk")
    ]
    assert [(one.scheme, one.value) for one in item.external_ids] == [("mangaupdates", "51239621230")]
    assert (item.rating.value, item.rating.scale, item.rating.HasField("votes")) == (8.98, 10, False)
    assert item.status == WorkStatus.ONGOING
    assert item.status_text.splitlines()[0] == "43 Volumes (Ongoing)"
    assert item.status_text.endswith(
        "MORI Kouji took over the writing and Studio Gaga the art starting with Vol 42, Episode 365. More details here."
    )
    assert (len(item.genres), item.genres[4], item.HasField("adult")) == (9, "Mature", False)
    assert item.source_updated_at.seconds == 1787905283
    manga = item.manga
    assert (manga.format, manga.format_text) == (Format.MANGA, "Manga")
    assert (manga.volume_count, manga.HasField("chapter_count"), manga.latest_chapter) == (43, False, 386)
    assert (manga.licensed, manga.HasField("fully_scanlated"), manga.fully_scanlated) == (True, True, False)
    assert [(one.name, one.id, one.role) for one in manga.credits] == [
        ("MIURA Kentaro", "mangaupdates/person/22635311083", CreditRole.AUTHOR),
        ("MORI Kouji", "mangaupdates/person/38824888050", CreditRole.AUTHOR),
        ("MIURA Kentaro", "mangaupdates/person/22635311083", CreditRole.ARTIST),
        ("Studio Gaga", "mangaupdates/person/58953789514", CreditRole.ARTIST),
    ]
    assert [(one.name, one.id, one.type) for one in manga.publishers] == [
        ("Dark Horse", "mangaupdates/organization/3118485454", Publication.ENGLISH),
        ("Hakusensha", "mangaupdates/organization/31534224107", Publication.ORIGINAL),
    ]
    assert manga.publishers[0].notes == "42 Volumes - Ongoing | 14 Omnibus; print, 3-in-1 - Ongoing"
    assert [(one.name, one.votes) for one in manga.categories][:2] == [("Betrayal", 192), ("Demon/s", 177)]
    assert len(manga.categories) == 9
    assert (len(manga.relations), len(manga.recommendations), item.HasField("engagement")) == (0, 0, False)


@facts("detail-series-51239621230-berserk", lookup("mangaupdates", "51239621230"))
def a_series_by_its_number(page: Page) -> None:
    assert [item.title for item in page.items] == ["Berserk"]


@facts("detail-series-42553317740-jojo4", detail(JOJO))
def a_series_of_which_little_is_known(item: Item) -> None:
    assert item.title == "JoJo no Kimyou na Bouken Part 4: Diamond wa Kudakenai"
    assert item.original_title == "ジョジョの奇妙な冒険 ダイヤモンドは砕けない"
    assert (len(item.alternative_titles), titles(item)[-1]) == (6, ("SYNONYM", "ダイヤモンドは砕けない"))
    assert (item.year, item.description, len(item.images), len(item.links)) == (1992, "", 0, 0)
    assert (item.HasField("rating"), item.HasField("source_updated_at"), list(item.genres)) == (False, False, [])
    assert item.status == WorkStatus.COMPLETED
    assert item.status_text.splitlines()[-1] == "6 Compilation Volumes (Complete)"
    manga = item.manga
    assert (manga.volume_count, manga.latest_chapter) == (18, 174)
    assert (manga.HasField("licensed"), manga.HasField("fully_scanlated")) == (False, False)
    assert [(one.name, one.id, one.job) for one in manga.credits] == [
        ("ARAKI Hirohiko", "", "Author"),
        ("ARAKI Hirohiko", "", "Artist"),
    ]
    assert len(manga.relations) == 11
    first = manga.relations[0]
    assert (first.relation, first.item.id, first.item.name) == ("Prequel", "mangaupdates/manga/60420553585", "")


@facts("detail-series-42553317740-jojo4", related(JOJO, Relation.RELATED_WORKS))
def what_has_no_name_is_no_item(page: Page) -> None:
    # This recording was cut by others: its eleven relatives have lost their names.
    assert (list(page.items), page.next) == ([], "")


@facts("detail-author-22635311083-miura", detail("mangaupdates/person/22635311083"))
def an_author(item: Item) -> None:
    assert (item.kind, item.title, item.original_title) == (Item.PERSON, "MIURA Kentaro", "三浦建太郎")
    assert len(item.alternative_titles) == 7
    assert titles(item)[0] == ("ALIAS", "Kentaro Miura")
    assert (list(item.genres), item.person.work_count) == (["Seinen"], 13)
    assert [one.url for one in item.links] == ["https://www.mangaupdates.com/author/aech9t7/miura-kentaro"]
    assert item.source_updated_at.seconds == 1756906701
    assert (item.person.birth_date, item.person.gender, len(item.images)) == ("", 0, 0)


@facts("search-berserk", search("Berserk"))
def series_by_words(page: Page) -> None:
    assert (len(page.items), page.next, page.total, page.ignored) == (4, "2", 61, ())
    first, second, third, fourth = page.items
    assert (first.source_id, first.title, first.year, first.rating.value) == ("51239621230", "Berserk", 1989, 8.98)
    assert list(first.alternative_titles) == []  # the title itself has matched
    assert (second.title, second.manga.format, second.year) == ("Berserk Princess", Format.MANHUA, 2023)
    # 0 and null are the ratings of nobody.
    assert (second.HasField("rating"), third.HasField("rating")) == (False, False)
    assert (third.title, titles(third)) == ("Kuang Bao Ni Xi", [("MATCHED", "Berserk Counterattack")])
    assert third.description == "Original Webtoon"
    assert (fourth.source_id, fourth.rating.value) == ("8339817000", 6.23)
    assert fourth.description.count("\n\n") == 1
    assert fourth.source_updated_at.seconds == 1736655041


@facts("search-nonsense-still-hits", search("Zzqx Nonexistent Synthetic Title"))
def nonsense_finds_something_too(page: Page) -> None:
    assert (len(page.items), page.next, page.total) == (8, "2", 198)
    assert [item.source_id for item in page.items][:2] == ["26647071068", "40897060334"]
    assert titles(page.items[0]) == [("MATCHED", "Nonexistent Girl")]
    assert (page.items[1].manga.format, page.items[1].year) == (Format.MANHWA, 2023)
    assert (len(page.items[0].links), len(page.items[0].images)) == (0, 0)
