"""What a sheet that comes again may do with what is there: how it knows a customer, and what a value becomes.

Both are said of columns, so they are remembered, applied to sheets of the same headers and said on the command line as
everything else about a column is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final, Protocol

from crmdesk.domain.fields import Field

EXISTING: Final = "existing"
"""The option of a column that holds its `Existing`; a column without it does what is usual for what it tells."""
KEY: Final = "key"
"""The option of a column that names the key of its sheet; it stands at the first column that the key needs."""


class Existing(StrEnum):
    """What becomes of a value that the customer has and the sheet tells otherwise."""

    FILL = "fill"  # it stays; only blanks are filled, and what differs is listed
    NEWER = "newer"  # a newer sheet of the same headers replaces what an older one brought, and nothing else
    REPLACE = "replace"
    APPEND = "append"


class MatchKey(StrEnum):
    """How the rows of a sheet find their customer."""

    AUTO = "auto"  # code, else phone, else name with address
    CODE = "code"
    PHONE = "phone"
    NAME_REGION = "name_region"
    NAME_PHONE = "name_phone"


class _Column(Protocol):
    @property
    def header(self) -> str: ...
    @property
    def field(self) -> Field: ...
    @property
    def options(self) -> Mapping[str, str | int | float | bool]: ...


_PHONES: Final = frozenset({Field.PHONE, Field.CONTACT_PHONE})
_REGIONS: Final = frozenset({Field.REGION, Field.PROVINCE, Field.CITY, Field.DISTRICT})
_NEEDS: Final[Mapping[MatchKey, tuple[frozenset[Field], ...]]] = {
    MatchKey.CODE: (frozenset({Field.CODE}),),
    MatchKey.PHONE: (_PHONES,),
    MatchKey.NAME_REGION: (frozenset({Field.NAME}), _REGIONS),
    MatchKey.NAME_PHONE: (frozenset({Field.NAME}), _PHONES),
}
_SEVERAL: Final = frozenset(
    {Field.PHONE, Field.CONTACT_PHONE, Field.WECHAT, Field.QQ, Field.EMAIL, Field.FAX, Field.NOTES, Field.EXTRA}
)
_SINGLE: Final = frozenset(
    {
        *(Field.NAME, Field.CODE, Field.SHORT_NAME, Field.SALUTATION, Field.KIND, Field.ADDRESS, Field.INDUSTRY),
        *(Field.SIZE, Field.TIER_GIVEN, Field.SOURCE, Field.STAGE_GIVEN, Field.INTENT, Field.OWNER, Field.BIRTHDAY),
        Field.REFERRED_BY,
        *(Field.RECEIVABLE, Field.BALANCE, Field.REWARD_POINTS, Field.FIRST_ORDER_ON, Field.LAST_ORDER_ON),
        *(Field.ORDER_COUNT, Field.ORDER_TOTAL, Field.CONTACT_TITLE, *_REGIONS),
    }
)

# What a column tells of the day on which its sheet was made: next week's sheet says it anew, and is right.
_RUNNING: Final = frozenset(
    {
        *(Field.RECEIVABLE, Field.BALANCE, Field.REWARD_POINTS),  # what is owed, stored, collected
        *(Field.LAST_ORDER_ON, Field.ORDER_COUNT, Field.ORDER_TOTAL),  # what every purchase moves on
        *(Field.TIER_GIVEN, Field.STAGE_GIVEN),  # what the sheet's keeper thinks by now
    }
)
# The same in columns of the user's own, where only the header tells it.
_RUNNING_WORDS: Final = re.compile(
    r"欠款|欠账|应收|未付|未结|余额|储值|剩余|结余|库存|积分|累计|累積|合计|总额|总计|次数|总数|本月|本年|今年|当前|目前"
    r"|上次|最近|最后|末次|下次|下回|距今|天数"
    r"|\b(?:balance|outstanding|owed|due|points|total|count|last|latest|next|current|remaining|to date|ytd|mtd)\b",
    re.IGNORECASE,
)


def is_running(column: _Column) -> bool:
    """Whether a column tells a state of today, by its field or, for one of the user's own, by its header."""
    if column.field is Field.EXTRA:
        return _RUNNING_WORDS.search(column.header.replace("_", " ")) is not None
    return column.field in _RUNNING


def usual_way(column: _Column) -> Existing:
    """What becomes of values that are there as long as nobody says anything of the column."""
    return Existing.NEWER if is_running(column) else (ways(column.field) or (Existing.FILL,))[0]


def ways(field: Field) -> tuple[Existing, ...]:
    """What may be chosen for a column of this field; () where nothing is there to choose. See `usual_way`."""
    if field is Field.TAGS:
        return Existing.APPEND, Existing.REPLACE  # a tag more takes none away, so that is the usual one
    if field in _RUNNING:
        return Existing.NEWER, Existing.FILL, Existing.REPLACE
    if field is Field.EXTRA:
        return Existing.FILL, Existing.NEWER, Existing.REPLACE, Existing.APPEND
    if field in _SEVERAL:
        return Existing.FILL, Existing.REPLACE, Existing.APPEND
    return (Existing.FILL, Existing.REPLACE) if field in _SINGLE else ()


def way_of(column: _Column) -> Existing:
    """What was chosen for a column; the usual one where nothing was, or where it does not fit the field."""
    said = column.options.get(EXISTING)
    return next((way for way in ways(column.field) if way == said), usual_way(column))


def policies(columns: Iterable[tuple[str, _Column]]) -> dict[str, Existing]:
    """What becomes of values that are there, by key of a read row: only what does more than fill.

    Each column comes with its own header.
    """
    found: dict[str, Existing] = {}
    for header, column in columns:
        way = way_of(column)
        if way is (Existing.APPEND if column.field is Field.TAGS else Existing.FILL):
            continue  # as without a word
        own = column.field in (Field.EXTRA, Field.SIZE)
        for key in (f"extra:{header}",) if own else _KEYS.get(column.field, (str(column.field),)):
            found.setdefault(key, way)
    return found


_KEYS: Final[Mapping[Field, tuple[str, ...]]] = {
    **dict.fromkeys(_REGIONS, ("region",)),
    Field.BIRTHDAY: ("birthday", "birthday_calendar"),
}
"""Fields that a read row keeps under other keys than their own."""


def key_column(key: MatchKey, fields: Iterable[Field]) -> int | None:
    """The place of the column that carries a key among these; None where the sheet lacks something the key needs."""
    here = list(fields)
    needs = _NEEDS.get(key, ())
    if not needs or not all(any(field in need for field in here) for need in needs):
        return None
    return next(place for place, field in enumerate(here) if field in needs[0])


def keys_for(fields: Iterable[Field]) -> tuple[MatchKey, ...]:
    """The keys that a sheet of these columns can be known by, the automatic one first."""
    here = list(fields)
    return (MatchKey.AUTO, *(key for key in _NEEDS if key_column(key, here) is not None))


def key_of(columns: Iterable[_Column]) -> MatchKey:
    """The key that was chosen for a sheet, as long as its columns still allow it."""
    here = list(columns)
    said = next((column.options[KEY] for column in here if KEY in column.options), MatchKey.AUTO)
    return next((key for key in keys_for(column.field for column in here) if key == said), MatchKey.AUTO)
