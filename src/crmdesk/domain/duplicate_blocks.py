"""Which of many customers are worth comparing: those that share a number, a street, or a name that sounds the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from crmdesk.domain.duplicate import Likeness, Profile, compare
from crmdesk.domain.duplicate_keys import house_numbers, may_be_near

Pair = tuple[int, int]
Report = Callable[[int, int], None]
_EVERYBODYS: Final = 5  # a number that more customers have belongs to a front desk, and tells nothing
_CROWD: Final = 40  # a larger block tells nothing, and its pairs stand in others too
_MOBILE: Final = 11  # digits
_SHORT_STREET: Final = 3  # characters
_LOOKED_AT: Final = 500  # customers or pairs between two reports


def find_pairs(profiles: Sequence[Profile], known_apart: Iterable[Pair], report: Report) -> list[tuple[Pair, Likeness]]:
    """The pairs of ids (the older first) that look like one customer, the surest first; `report(done, total)`."""
    told = _without_everybodys(profiles)
    apart = set(known_apart)
    wanted = sorted(_candidates(told, report))
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


def _candidates(profiles: Sequence[Profile], report: Report) -> set[Pair]:
    """Pairs of positions (the smaller first) that share a block."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        if position % _LOOKED_AT == 0:
            report(0, 0)
        for key in set(_keys(profile)):
            blocks[key].append(position)
    found: set[Pair] = set()
    for members in blocks.values():
        if 1 < len(members) <= _CROWD:
            found.update(combinations(members, 2))
    return found


def _keys(profile: Profile) -> Iterator[str]:
    """The blocks of a customer. A name alone is no block: something that can speak beside it goes into the key."""
    name, city = profile.name, profile.city
    named = f"\tn{name.sound}\t" if len(name.stem) > 1 else ""
    for phone in profile.phones:
        yield phone
        if len(phone) == _MOBILE:
            yield f"p{phone[6:]}"  # a slip in the first half, or in the second
            yield f"p{phone[:6]}{name.stem[:1]}"
    yield from profile.reach
    if profile.code:
        yield f"c{profile.code}"
    for contact in profile.contacts:
        yield f"k{contact}\t{city}"
        if named:
            yield named + contact
    if named and name.legal and city:
        yield named + city
    if len(profile.street) > _SHORT_STREET:
        yield from _keys_of_street(profile.street, name.stem, named)


def _keys_of_street(street: str, stem: str, named: str) -> Iterator[str]:
    """The street up to its first number with either end of the name, and the name with the first and last number."""
    numbers = house_numbers(street)
    road = street[: street.index(numbers[0])] + numbers[0] if numbers else street
    if stem:
        yield f"r{road}{stem[0]}"
        yield f"e{road}{stem[-1]}"
    if numbers and named:
        yield from {f"{named}#{numbers[0]}", f"{named}#{numbers[-1]}"}
