"""Which of many customers are worth comparing: those that share a number, a street, or a name that sounds the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from crmdesk.domain.duplicate import Likeness, Profile, compare
from crmdesk.domain.duplicate_keys import may_be_near

Pair = tuple[int, int]
Report = Callable[[int, int], None]
_EVERYBODYS: Final = 5  # a number that more customers have belongs to a front desk, and tells nothing
_CROWD: Final = 40  # a larger block is parted by city, then given up: phones and streets find its pairs
_LOOKED_AT: Final = 500  # pairs between two reports


def find_pairs(profiles: Sequence[Profile], known_apart: Iterable[Pair], report: Report) -> list[tuple[Pair, Likeness]]:
    """The pairs of ids (the older first) that look like one customer, the surest first. `report(done, total)`."""
    told = _without_everybodys(profiles)
    apart = set(known_apart)
    wanted = sorted(_candidates(told))
    found: list[tuple[Pair, Likeness]] = []
    for count, (first, second) in enumerate(wanted):
        if count % _LOOKED_AT == 0:
            report(count, len(wanted))
        one, other = sorted((told[first], told[second]), key=lambda profile: profile.id)
        if (one.id, other.id) in apart or not _may_be(one, other):
            continue
        likeness = compare(one, other)
        if likeness.likely:
            found.append(((one.id, other.id), likeness))
    return sorted(found, key=lambda entry: (-entry[1].score, entry[0]))


def _without_everybodys(profiles: Sequence[Profile]) -> list[Profile]:
    """The profiles without numbers and streets that many share."""
    phones = Counter(phone for profile in profiles for phone in profile.phones)
    reach = Counter(value for profile in profiles for value in profile.reach)
    common = {value for value, count in (*phones.items(), *reach.items()) if count > _EVERYBODYS}
    if not common:
        return list(profiles)
    return [
        replace(profile, phones=profile.phones - common, reach=profile.reach - common)
        if profile.phones & common or profile.reach & common
        else profile
        for profile in profiles
    ]


def _may_be(one: Profile, other: Profile) -> bool:
    """Whether anything beside the name can speak for the pair; most candidates end here, so it is quick."""
    if not (
        one.phones.isdisjoint(other.phones)
        and one.reach.isdisjoint(other.reach)
        and one.contacts.isdisjoint(other.contacts)
    ):
        return True
    if one.code == other.code != "" or (one.name.legal and one.city == other.city != ""):
        return True
    if one.street and other.street and may_be_near(one.street, other.street):
        return True
    return any(mine[:5] == theirs[:5] or mine[6:] == theirs[6:] for mine in one.phones for theirs in other.phones)


def _candidates(profiles: Sequence[Profile]) -> set[Pair]:
    """Pairs of positions (the smaller first) that share a block."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        for key in _keys(profile):
            blocks[key].append(position)
    found: set[Pair] = set()
    for (kind, _key), members in blocks.items():
        if len(members) > 1:
            found.update(_pairs_of(members, profiles, by_city=kind in ("sound", "slip")))
    return found


def _keys(profile: Profile) -> Iterator[tuple[str, str]]:
    for phone in profile.phones:
        yield "phone", phone
    for value in profile.reach:
        yield "reach", value
    if len(profile.street) > 3:
        yield "street", profile.street
    if profile.code:
        yield "code", profile.code
    stem = profile.name.stem
    if len(stem) > 1:
        yield "sound", profile.name.sound
    if 4 <= len(stem) <= 12:
        # One character left out: two names with one slip between them share such a key.
        for at in range(len(stem)):
            yield "slip", f"{at}{stem[:at]} {stem[at + 1 :]}"


def _pairs_of(members: list[int], profiles: Sequence[Profile], *, by_city: bool) -> Iterator[Pair]:
    if len(members) <= _CROWD:
        for at, first in enumerate(members):
            for second in members[at + 1 :]:
                yield first, second
    elif by_city:
        cities: dict[str, list[int]] = defaultdict(list)
        for member in members:
            cities[profiles[member].city].append(member)
        for city, some in cities.items():
            if city:
                yield from _pairs_of(some, profiles, by_city=False)
