"""All that a provider may import, in one place: ``from tako_providers.sdk import ...``.

The contract's messages come from ``tako.v1``; nothing else of Tako, and no HTTP or gRPC library, is for providers.
"""

from tako_providers.sdk.dates import english_date, known_year, partial_date, timestamp, year_in, year_of
from tako_providers.sdk.enums import (
    AdultType,
    FeedType,
    Kind,
    OrderBy,
    PeriodType,
    RelationType,
    TermType,
    WeekdayType,
)
from tako_providers.sdk.errors import (
    Blocked,
    InvalidField,
    NotConfigured,
    NotFound,
    ProviderError,
    RateLimited,
    ShapeChanged,
    Unreachable,
    Unsupported,
)
from tako_providers.sdk.identifiers import compact, external_ids, isbn, isbn10_to_13, normal_id
from tako_providers.sdk.item_id import ItemId, kind_segment, make_id, parse_id
from tako_providers.sdk.items import (
    MAX_EMBEDDED,
    credit,
    https,
    image,
    link,
    positive,
    positive_float,
    present,
    rating,
    ref,
    untracked,
)
from tako_providers.sdk.languages import bcp47, language_named, marc, primary
from tako_providers.sdk.manifest import (
    Access,
    Attribution,
    Domain,
    FeedSpec,
    KindSpec,
    LanguageMode,
    Limit,
    Manifest,
    RelationSpec,
    Secret,
    TermSpec,
    Tier,
    Ttl,
)
from tako_providers.sdk.prices import money
from tako_providers.sdk.provider import (
    FIRST,
    Detail,
    Lookup,
    Page,
    Provider,
    Related,
    Search,
    TermPage,
    Terms,
    Trending,
    page_number,
)
from tako_providers.sdk.text import one_line, plain, plain_markdown, tidy
from tako_providers.sdk.upstream import Json, Params, Request, Response, Upstream

__all__ = [
    "ItemId",
    "Json",
    "Params",
    "Request",
    "Response",
    "Upstream",
    "bcp47",
    "compact",
    "english_date",
    "external_ids",
    "isbn",
    "isbn10_to_13",
    "kind_segment",
    "known_year",
    "language_named",
    "make_id",
    "marc",
    "money",
    "normal_id",
    "one_line",
    "parse_id",
    "partial_date",
    "plain",
    "plain_markdown",
    "primary",
    "tidy",
    "timestamp",
    "year_in",
    "year_of",
]
