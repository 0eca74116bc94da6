"""Which row of an edited workbook is which exported customer: by its id, else by what it says.

An id in a hidden column stays behind where somebody sorts only the columns in sight: then what the row says counts.

The rows of one export are a closed set, so a name that only one row and only one exported customer has names that
customer, as long as code and phone do not speak against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import Final

from crmdesk.domain.keys import address_key, codes_agree, name_key, names_agree, phones_agree

Texts = Mapping[str, str]
"""The texts of a row by column key."""
Key = Callable[[Texts], Hashable | None]

_REACH: Final = ("phone", "wechat", "email", "qq")


def match_rows(rows: Sequence[Texts], ids: Sequence[int], exported: Mapping[int, Texts]) -> list[int]:
    """The exported id of each row, 0 for a row that is new; each id at most once.

    `ids` are those that the rows carry (0: none); of a row that was copied, the copy that says most of what was
    exported keeps the id.
    """
    strayed = strayed_rows(rows, ids, exported)
    found = [0] * len(rows)
    left = dict(exported)
    carriers: dict[int, list[int]] = defaultdict(list)
    for place, row_id in enumerate(ids):
        if row_id in exported and place not in strayed:
            carriers[row_id].append(place)
    for row_id, places in carriers.items():
        found[max(places, key=partial(_likeness, rows, exported[row_id]))] = row_id
        del left[row_id]
    copies = {place for places in carriers.values() for place in places if not found[place]}
    columns = frozenset().union(*rows) if rows else frozenset()
    by_reach = [partial(_reach, kind) for kind in _REACH]
    keys: list[Key] = [partial(_whole, columns), _code, *by_reach, _name_and_address, _name]
    for key in keys:
        open_rows = [place for place, row_id in enumerate(found) if not row_id and place not in copies]
        if not open_rows or not left:
            break
        _pair(key, rows, open_rows, left, found)
    return found


def strayed_rows(rows: Sequence[Texts], ids: Sequence[int], exported: Mapping[int, Texts]) -> frozenset[int]:
    """The places of rows that carry the id of somebody else: they say who another one was, who says so no more.

    Sorting moves ids about and loses none, so the other id has to be in the sheet still, or the own one told of
    elsewhere: where neither is, two rows were made one by hand, and the one that stayed keeps its id.
    """
    owners: dict[Hashable, list[int]] = defaultdict(list)
    for row_id, texts in exported.items():
        owners[_who(texts)].append(row_id)
    at_home = {row_id for row, row_id in zip(rows, ids, strict=True) if _who(row) == _who(exported.get(row_id, {}))}
    carried, told = frozenset(ids), frozenset(map(_who, rows))
    strayed, meant = set(), set()
    for place, (row, row_id) in enumerate(zip(rows, ids, strict=True)):
        known = owners.get(_who(row), [])
        if row_id not in exported or row_id in known or len(known) != 1 or known[0] in at_home:
            continue
        if known[0] in carried or _who(exported[row_id]) in told:
            strayed.add(place)
            meant.add(known[0])
    # Who says something new under an id that another row has shown to be its own is not that one either.
    return frozenset(strayed | {place for place, row_id in enumerate(ids) if row_id in meant})


def _who(texts: Texts) -> Hashable:
    """What a row says of who it is about; a name that nothing else goes with is told apart by its address."""
    code, reach = texts.get("code", ""), tuple(texts.get(key, "") for key in _REACH)
    place = "" if code or any(reach) else texts.get("address", "")
    return (code, texts.get("name", ""), *reach, place)


def _likeness(rows: Sequence[Texts], wanted: Texts, place: int) -> int:
    return sum(wanted.get(key) == text for key, text in rows[place].items())


def _pair(key: Key, rows: Sequence[Texts], places: Sequence[int], left: dict[int, Texts], found: list[int]) -> None:
    """Pair what one key names; several of a key are paired in order only where their whole rows are the same."""
    theirs: dict[Hashable, list[int]] = defaultdict(list)
    for row_id, texts in left.items():
        value = key(texts)
        if value is not None:
            theirs[value].append(row_id)
    mine: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        value = key(rows[place])
        if value in theirs:
            mine[value].append(place)
    for value, candidates in mine.items():
        known = theirs[value]
        alike = isinstance(value, frozenset)
        if not alike and (len(candidates) != 1 or len(known) != 1):
            continue
        for place, row_id in zip(candidates, known, strict=False):
            if alike or _agree(rows[place], left[row_id]):
                found[place] = row_id
                del left[row_id]


def _agree(one: Texts, other: Texts) -> bool:
    """Whether code, phone or name let two rows be the same: one of the three may have been edited, not two."""
    against = [
        not codes_agree(one.get("code", ""), other.get("code", "")),
        not phones_agree(_parts(one.get("phone", "")), _parts(other.get("phone", ""))),
        not names_agree(one.get("name", ""), other.get("name", "")),
    ]
    return sum(against) <= 1


def _parts(text: str) -> list[str]:
    return [part for part in text.split("、") if part]


def _whole(columns: frozenset[str], texts: Texts) -> Hashable | None:
    said = frozenset((key, text) for key, text in texts.items() if key in columns and text)
    return said or None


def _code(texts: Texts) -> Hashable | None:
    return texts.get("code") or None


def _reach(kind: str, texts: Texts) -> Hashable | None:
    return texts.get(kind) or None


def _name_and_address(texts: Texts) -> Hashable | None:
    name, address = name_key(texts.get("name", "")), address_key(texts.get("address", ""))
    return (name, address) if name and address else None


def _name(texts: Texts) -> Hashable | None:
    return name_key(texts.get("name", "")) or None
