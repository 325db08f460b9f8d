"""Names for the types of the contract's enums.

The values are attributes of the host messages (``Item.MOVIE``, ``Feed.POPULAR``); their types exist only for the type
checker, so they are named here once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

    from tako.v1.answers_pb2 import Term
    from tako.v1.calendar_pb2 import Period, Weekday
    from tako.v1.choices_pb2 import AdultFilter, Feed, Order, Relation
    from tako.v1.item_pb2 import Item

    Kind: TypeAlias = Item.Kind.ValueType
    FeedType: TypeAlias = Feed.Type.ValueType
    RelationType: TypeAlias = Relation.Type.ValueType
    TermType: TypeAlias = Term.Type.ValueType
    PeriodType: TypeAlias = Period.Type.ValueType
    WeekdayType: TypeAlias = Weekday.Day.ValueType
    OrderBy: TypeAlias = Order.By.ValueType
    AdultType: TypeAlias = AdultFilter.Type.ValueType
else:
    Kind = FeedType = RelationType = TermType = PeriodType = WeekdayType = OrderBy = AdultType = int
