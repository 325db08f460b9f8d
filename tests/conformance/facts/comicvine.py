"""Comic Vine."""

from __future__ import annotations

from tako.v1.choices_pb2 import Feed, Relation
from tako.v1.details_people_pb2 import Collection, OrganizationRole
from tako.v1.item_parts_pb2 import AlternativeTitle, Image, Link
from tako.v1.item_pb2 import Item
from tako.v1.references_pb2 import CreditRole, ItemRef
from tako.v1.values_pb2 import Gender
from tako_providers.sdk import NotConfigured, NotFound, Page
from tests.conformance.cases import Facts, detail, lookup, related, search, trending

facts = Facts("comicvine", walk="sample squid", nothing="nothing")

UPLOADS = "https://comicvine.gamespot.com/a/uploads"
CINDY = "comicvine/comic_series/1141"
SPIDER_MAN_698 = "comicvine/comic_issue/369103"
TITAN_10 = "comicvine/comic_issue/441467"
ISAYAMA = "comicvine/person/64651"
BLIND_JUSTICE = "comicvine/collection/42219"


def named(one: ItemRef) -> tuple[str, str]:
    return one.id, one.name


def source(item: Item) -> str:
    return next(one.url for one in item.links if one.role == Link.SOURCE)


def makers(item: Item) -> list[tuple[str, CreditRole.Type.ValueType, str]]:
    return [(one.name, one.role, one.job) for one in item.comic_issue.credits]


# --- Searches -----------------------------------------------------------------------------------------------


@facts("search-mixed-french-quarter", search("french quarter"))
def only_the_series_of_a_mixed_answer(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [
        ("comicvine/comic_series/71625", "True Blood: French Quarter")
    ]
    assert (page.total, page.next) == (None, "2")
    item = page.items[0]
    assert (item.year, item.release_date) == (2014, "2014")
    assert [(one.text, one.type) for one in item.alternative_titles] == [
        ("True Blood: The French Quarter", AlternativeTitle.SYNONYM)
    ]
    assert named(item.comic_series.publisher) == ("comicvine/organization/1190", "IDW Publishing")
    assert named(item.comic_series.first_issue) == ("comicvine/comic_issue/445210", "TPB")
    assert item.comic_series.issue_count == 1
    assert item.description.startswith("Trade paperback collecting True Blood: The French Quarter.\n\nNote: Like")


@facts("search-mixed-french-quarter", search("french quarter", kind=Item.COMIC_ISSUE))
def only_its_issues(page: Page) -> None:
    assert [one.source_id for one in page.items] == [
        "765308",
        "701605",
        "319386",
        "294481",
        "309613",
        "306943",
        "300945",
    ]
    first, _, third = page.items[:3]
    assert (first.title, first.comic_issue.number) == ("French Leave #1", "1")  # it has no name
    assert named(first.comic_issue.series.series) == ("comicvine/comic_series/127532", "French Leave")
    assert (first.year, first.release_date) == (2020, "2020-05-31")
    assert third.title == "The French Quarter Part 6"


@facts("search-mixed-french-quarter", search("french quarter", kind=Item.COMIC_ISSUE, released_to="2012"))
def only_its_issues_of_a_span(page: Page) -> None:
    assert 0 < len(page.items) < 7
    assert all(one.comic_issue.cover_date <= "2012-12-31" for one in page.items)
    assert page.total is None


@facts("search-mixed-french-quarter", search("french quarter", kind=Item.CHARACTER))
def only_its_characters(page: Page) -> None:
    (item,) = page.items
    assert (item.id, item.title) == ("comicvine/character/110465", "French")
    assert (item.character.gender, item.character.origin, item.character.appearance_count) == (
        Gender.FEMALE,
        "Human",
        2,
    )
    assert named(item.character.publisher) == ("comicvine/organization/1868", "Boom! Studios")
    assert item.character.first_appearance.id == "comicvine/comic_issue/472975"
    assert not item.character.real_name


@facts("search-issue-attack-on-titan", search("attack on titan 10", kind=Item.COMIC_ISSUE))
def issues_by_words(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (3, 42697, "2")
    first, second, third = page.items
    assert (first.id, first.title) == (TITAN_10, "Fortress Of Blood")
    assert (first.release_date, first.year) == ("2014-01-08", 2014)
    assert (first.comic_issue.cover_date, first.comic_issue.store_date) == ("2014-01-31", "2014-01-08")
    assert named(first.comic_issue.series.series) == ("comicvine/comic_series/49866", "Attack on Titan")
    assert first.images[0].url == f"{UPLOADS}/original/6/67663/3556541-10.jpg"
    assert first.images[2].role == Image.GALLERY
    assert first.description.startswith("FORTRESS OF BLOOD\n\nWith no combat gear")
    assert source(first) == "https://comicvine.gamespot.com/attack-on-titan-10-fortress-of-blood/4000-441467/"
    assert (second.comic_issue.number, third.title) == ("6", "Band 10")


@facts("search-person-hajime", search("hajime", kind=Item.PERSON))
def people_by_name(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (2, 38, "2")
    first, second = page.items
    assert (first.id, first.title, first.person.country) == (ISAYAMA, "Hajime Isayama", "Japan")
    assert (first.person.birth_date, first.person.death_date) == ("1986-08-29", "")
    assert first.person.gender == Gender.MALE
    assert [one.text for one in first.alternative_titles] == ["諫山創"]
    assert not first.person.HasField("work_count")
    assert [one.text for one in second.alternative_titles] == [
        "Hokusei Katsushika",
        "Radeck Kujirai",
        "きむらはじめ",
        "菅伸吉",
        "木村元",
        "勝鹿北星",
        "ラデック・鯨井",
    ]
    assert second.description == "Writer of Master Keaton and co-writer for Golgo 13."
    assert not second.person.birth_date


@facts("search-volumes-list", search("comics", exact=True))
def series_by_name(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (15, 128992, "2")
    first, second = page.items[:2]
    assert (first.id, first.title, first.year) == ("comicvine/comic_series/766", "Single Series", 1938)
    assert named(first.comic_series.publisher) == ("comicvine/organization/5", "United Features")
    assert named(first.comic_series.first_issue) == ("comicvine/comic_issue/164287", "The Captain and the Kids")
    assert first.comic_series.issue_count == 28
    assert first.images[0].url == f"{UPLOADS}/original/0/9116/880845-1.jpg"
    assert named(second.comic_series.last_issue) == ("comicvine/comic_issue/332", "#167")  # it has no name
    assert page.items[3].description == "Volume 1"
    whiz = page.items[-1]
    assert (whiz.title, whiz.comic_series.first_issue.name) == ("Whiz Comics", "#1 [2]")


@facts("search-empty", search("zzzzqqqq"))
def nothing(page: Page) -> None:
    assert (page.items, page.total, page.next) == ([], 0, "")


# --- Details ------------------------------------------------------------------------------------------------


@facts("detail-volume-4050-1141", detail(CINDY))
def a_series_with_all_that_is_in_it(item: Item) -> None:
    assert (item.id, item.title, item.year, item.release_date) == (CINDY, "Cindy Comics", 1947, "1947")
    assert item.description == (
        "Numbered 27 to 38 for a total of 12 issues. Series continued from Krazy Komics and continues into Cindy Smith."
    )
    assert item.language == "en"
    comics = item.comic_series
    assert named(comics.publisher) == ("comicvine/organization/21", "Timely")
    assert named(comics.first_issue) == ("comicvine/comic_issue/90603", "Her Caveman Rave-Man!")
    assert named(comics.last_issue) == ("comicvine/comic_issue/90614", "The Old Maid!")
    assert (comics.issue_count, len(comics.issues), len(comics.characters), len(comics.credits)) == (12, 12, 15, 5)
    assert (comics.issues[-1].id, comics.issues[-1].number, comics.issues[-1].title) == (
        "comicvine/comic_issue/90614",
        "38",
        "The Old Maid!",
    )
    assert named(comics.characters[0]) == ("comicvine/character/43451", "Cindy")
    first = comics.credits[0]
    assert (first.name, first.id, first.count, first.role) == (
        "Morris Weiss",
        "comicvine/person/7619",
        7,
        CreditRole.TYPE_UNSPECIFIED,
    )


@facts("detail-volume-4050-1141", related(CINDY, Relation.CHARACTERS))
def its_characters(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (15, 15, "")
    first = page.items[0]
    assert (first.id, first.title, first.context.count) == ("comicvine/character/43451", "Cindy", 12)
    assert source(first) == "https://comicvine.gamespot.com/cindy/4005-43451/"
    assert page.items[-1].context.count == 1


@facts("detail-volume-4050-49866-attack-on-titan", detail("comicvine/comic_series/49866"))
def a_series_with_a_long_article(item: Item) -> None:
    assert (item.title, item.year, item.comic_series.issue_count) == ("Attack on Titan", 2012, 34)
    assert named(item.comic_series.publisher) == ("comicvine/organization/3317", "Kodansha Comics USA")
    assert named(item.comic_series.last_issue) == ("comicvine/comic_issue/890048", "Freedom...")
    assert item.description.startswith("Roughly a century before the beginning of the series,")
    assert "English translation of the Japanese manga Shingeki no Kyojin." in item.description
    assert item.description.endswith("Attack on Titan Colossal Edition Vol. 7 (Vol. 31-34)")
    assert [(one.role, one.url) for one in item.images] == [
        (Image.PRIMARY, f"{UPLOADS}/original/6/67663/3506326-01.jpg"),
        (Image.THUMBNAIL, f"{UPLOADS}/scale_small/6/67663/3506326-01.jpg"),
    ]
    assert not item.comic_series.issues


@facts("detail-volume-4050-49866-attack-on-titan", lookup("comicvine", "4050-49866"))
def a_number_of_the_site(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [("comicvine/comic_series/49866", "Attack on Titan")]


@facts("detail-issue-4000-369103-asm-698", detail(SPIDER_MAN_698))
def an_issue_with_who_made_it(item: Item) -> None:
    assert (item.id, item.title) == (SPIDER_MAN_698, "Dying Wish Prelude: Day in the Life")
    assert (item.release_date, item.year) == ("2012-11-21", 2013)
    issue = item.comic_issue
    assert (issue.number, issue.cover_date, issue.store_date) == ("698", "2013-01-01", "2012-11-21")
    assert named(issue.series.series) == ("comicvine/comic_series/2127", "The Amazing Spider-Man")
    made = makers(item)
    assert len(made) == 13
    assert made[0] == ("Alan Fine", CreditRole.OTHER, "production")
    assert ("Dan Slott", CreditRole.WRITER, "writer") in made
    assert ("Marte Gracia", CreditRole.COLORIST, "colorist") in made
    assert ("Marte Gracia", CreditRole.COVER_ARTIST, "cover") in made
    assert issue.credits[0].id == "comicvine/person/56587"
    assert len(issue.characters) == 16
    assert named(issue.characters[13]) == ("comicvine/character/1443", "Spider-Man")
    assert named(issue.story_arcs[0])[1] == "Dying Wish"
    assert issue.story_arcs[0].id.startswith("comicvine/collection/")
    assert [named(one) for one in issue.teams] == [("", "Avengers")]
    assert [one.name for one in issue.locations] == ["Horizon Labs", "New York City", "The Raft"]
    assert [one.name for one in issue.concepts] == ["Body Swap"]
    assert item.attributes["objects"] == "Captain America's Shield, Octobot, Spider-Armor MK III"
    assert [one.role for one in item.images] == [Image.PRIMARY, Image.THUMBNAIL, *[Image.GALLERY] * 3]
    assert item.images[3].caption == "Amazing Spider-Man #698 Variant Edition"
    assert item.description == (
        "The end of Spider-Man's world begins when Doctor Octopus discovers who Peter Parker really is."
        "\n\n(Fifty years goes by much...too...fast.)"
    )


@facts("detail-issue-4000-369103-asm-698", related(SPIDER_MAN_698, Relation.CHARACTERS))
def the_characters_of_an_issue(page: Page) -> None:
    assert (len(page.items), page.total) == (16, 16)
    assert (page.items[0].id, page.items[0].title) == ("comicvine/character/6292", "Alistair Smythe")
    assert not page.items[0].HasField("context")


@facts("detail-issue-4000-441467-attack-on-titan-10", detail(TITAN_10))
def an_issue_of_a_manga(item: Item) -> None:
    assert (item.title, item.comic_issue.number, item.year) == ("Fortress Of Blood", "10", 2014)
    assert makers(item) == [
        ("Ben Applegate", CreditRole.EDITOR, "editor"),
        ("Hajime Isayama", CreditRole.WRITER, "writer"),
        ("Hajime Isayama", CreditRole.ARTIST, "artist"),
        ("Hajime Isayama", CreditRole.COVER_ARTIST, "cover"),
        ("Ko Ransom", CreditRole.OTHER, "other"),
        ("Steve Wands", CreditRole.LETTERER, "letterer"),
        ("Takashi Shimoyama", CreditRole.COVER_ARTIST, "cover"),
        ("Takashi Shimoyama", CreditRole.OTHER, "other"),
    ]
    assert item.comic_issue.credits[1].id == ISAYAMA
    assert len(item.comic_issue.characters) == 17
    assert [one.name for one in item.comic_issue.locations] == ["Utgard"]
    assert not item.comic_issue.story_arcs
    assert "objects" not in item.attributes
    assert "Episode 39: Soldier\nEpisode 40: Ymir" in item.description


@facts("detail-character-4005-1279", detail("comicvine/character/1279"))
def a_character_of_whom_little_is_known(item: Item) -> None:
    assert (item.title, item.description, item.language) == ("Phren", "", "")
    assert (item.character.appearance_count, item.character.gender) == (4, Gender.TYPE_UNSPECIFIED)
    assert named(item.character.publisher) == ("comicvine/organization/10", "DC Comics")
    assert named(item.character.first_appearance) == ("comicvine/comic_issue/105294", "#5")
    assert [named(one.work) for one in item.character.works] == [
        ("comicvine/comic_series/11059", "Legion of Super-Heroes")
    ]
    assert not (item.character.real_name or item.character.birth or item.character.origin or item.character.powers)
    assert not item.alternative_titles
    assert not item.HasField("year")


@facts("detail-character-4005-1279", related("comicvine/character/1279", Relation.WORKS))
def the_series_of_a_character(page: Page) -> None:
    assert [(one.id, one.title) for one in page.items] == [("comicvine/comic_series/11059", "Legion of Super-Heroes")]


@facts("detail-person-4040-64651-isayama", detail(ISAYAMA))
def a_creator(item: Item) -> None:
    assert (item.title, item.description) == (
        "Hajime Isayama",
        "Mangaka and creator of Shingeki no kyoujin/Attack on Titan manga.",
    )
    assert [(one.text, one.type) for one in item.alternative_titles] == [
        ("諫山創", AlternativeTitle.ALIAS),
        ("Isayama Hajime", AlternativeTitle.ALIAS),
    ]
    assert (item.person.birth_date, item.person.gender, item.person.country) == ("1986-08-29", Gender.MALE, "Japan")
    assert {one.role: one.url for one in item.links} == {
        Link.SOURCE: "https://comicvine.gamespot.com/hajime-isayama/4040-64651/",
        Link.OFFICIAL: "http://www.blog.livedoor.jp/isayamahazime/",
    }
    assert not item.person.works
    assert not item.release_date


@facts("detail-person-4040-64651-isayama", related(ISAYAMA, Relation.WORKS))
def no_works_in_a_trimmed_answer(page: Page) -> None:
    assert (page.items, page.total, page.next) == ([], 0, "")


@facts("detail-person-4040-64651-isayama", related(ISAYAMA, Relation.CHARACTERS))
def no_characters_of_a_creator(page: Page) -> None:
    assert page.items == []


@facts("detail-publisher-4010-150", detail("comicvine/organization/150"))
def a_publisher_without_a_picture(item: Item) -> None:
    assert (item.title, list(item.organization.roles)) == ("Arleigh", [OrganizationRole.PUBLISHER])
    assert not item.images  # upstream's blank
    assert not item.organization.address
    assert not item.organization.works
    assert source(item) == "https://comicvine.gamespot.com/arleigh/4010-150/"


@facts("detail-publisher-4010-150", related("comicvine/organization/150", Relation.WORKS))
def a_publisher_without_series(page: Page) -> None:
    assert (page.items, page.total) == ([], 0)


@facts("detail-story-arc-4045-42219", detail(BLIND_JUSTICE))
def a_story_arc(item: Item) -> None:
    assert (item.title, item.collection.type) == ("Blind Justice", Collection.STORY_ARC)
    assert (item.collection.member_count, len(item.collection.members)) == (3, 3)
    assert named(item.collection.members[0]) == (
        "comicvine/comic_issue/106871",
        "Blind Justice, Chapter One: The Sleep of Reason",
    )
    assert named(item.collection.publisher) == ("comicvine/organization/10", "DC Comics")
    assert item.collection.first_appearance.id == "comicvine/comic_issue/106871"
    assert item.description.startswith("Blind Justice was written by Sam Hamm who was a hot property")
    assert item.description.endswith("Collected Editions\n\nBatman: Blind Justice")


@facts("detail-story-arc-4045-42219", related(BLIND_JUSTICE, Relation.MEMBERS))
def the_issues_of_a_story_arc(page: Page) -> None:
    assert [(one.source_id, one.title) for one in page.items] == [
        ("106871", "Blind Justice, Chapter One: The Sleep of Reason"),
        ("106872", "Blind Justice"),
        ("105900", "Blind Justice"),
    ]
    assert (page.total, page.next) == (3, "")
    assert not page.items[0].release_date


# --- Feeds and errors ---------------------------------------------------------------------------------------


@facts("trending-recent-issues", trending(Feed.RECENT, released_from="1900", released_to="2023-11-01"))
def the_newest_issues_of_a_span(page: Page) -> None:
    assert (len(page.items), page.total, page.next) == (20, 956073, "2")
    first, second = page.items[:2]
    assert (first.id, first.title) == ("comicvine/comic_issue/1000362", "Opening Night / Who Run The World?")
    assert (first.comic_issue.cover_date, first.comic_issue.store_date) == ("2023-11-01", "2021-10-07")
    assert second.title == "Superman Action Comics: The Warworld Saga #1"
    assert page.items[5].images[2].role == Image.GALLERY
    assert page.items[4].title == "2023 Summer"


@facts("trending-recent-issues", trending(Feed.RECENT))
def the_newest_issues(page: Page) -> None:
    assert (len(page.items), page.total_is_estimate) == (20, True)


@facts("trending-recent-issues", search(kind=Item.COMIC_ISSUE, released_from="1900", released_to="2023-11-01"))
def the_same_by_date(page: Page) -> None:
    assert (len(page.items), page.total) == (20, 956073)


@facts("error-invalid-api-key", detail("comicvine/comic_series/1153"), fails=NotConfigured)
def a_refused_key(error: NotConfigured) -> None:
    assert error.variables == ("COMICVINE_API_KEY",)


@facts("error-object-not-found", detail("comicvine/comic_series/999999999"), fails=NotFound)
def no_such_series(error: NotFound) -> None:
    assert error.provider == "comicvine"


@facts("error-object-not-found", lookup("comicvine", "4050-999999999"))
def no_such_number(page: Page) -> None:
    assert page.items == []


facts.not_asked("error-url-format", "an id that is no number is not asked for; tests/providers has such a body")
