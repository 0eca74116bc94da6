"""`crmdesk sources`: what each source brought. `crmdesk funnel`: how many get to the first order, and how fast."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, TypeVar

from crmdesk.cli.as_json import Json, money, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations.conversion import conversion, source_yield
from crmdesk.words.conversion import (
    funnel_sentence,
    source_label,
    source_note,
    sources_sentence,
    talking_sentence,
    talks_sentence,
)

if TYPE_CHECKING:
    from crmdesk.domain.conversion import Conversion
    from crmdesk.domain.source_yield import Closed, SourceYield
    from crmdesk.operations.files import Database

Found = TypeVar("Found", "SourceYield", "Conversion")


def print_sources(options: Namespace, clock: Clock) -> int:
    """`crmdesk sources`. Where too little is noted, JSON is null."""
    nothing = _("Too few sources are noted yet, or nobody has bought")
    return _print(options, clock, source_yield, (_sources_json, _sources_told), nothing)


def print_funnel(options: Namespace, clock: Clock) -> int:
    """`crmdesk funnel`. Where there is none to be measured, JSON is null."""
    nothing = _("There is no way to the first order to be measured: too few customers, or all of them have bought")
    return _print(options, clock, conversion, (_funnel_json, _funnel_told), nothing)


def _print(
    options: Namespace,
    clock: Clock,
    find: Callable[[Database], Found | None],
    ways: tuple[Callable[[Found], Json], Callable[[Found], Iterable[str]]],
    nothing: str,
) -> int:
    """Print what is found as JSON or in lines, the two `ways`; `nothing` is said where the data do not suffice."""
    as_json, told = ways
    with opened(options.file, clock, read_only=True) as db:
        found = find(db)
    if options.json:
        print_json(as_json(found) if found is not None else None)
    else:
        print("\n".join(told(found)) if found is not None else nothing)
    return 0


def _sources_told(found: SourceYield) -> Iterable[str]:
    yield sources_sentence(found)
    for row in found.rows:
        yield f"{source_label(row)}\t{source_note(row)}"


def _funnel_told(found: Conversion) -> Iterable[str]:
    return filter(None, (funnel_sentence(found), talks_sentence(found), talking_sentence(found)))


def _sources_json(found: SourceYield) -> Json:
    rows = [
        {
            "source": row.source,
            "came": len(row.came),
            "bought": len(row.bought),
            "again": len(row.again),
            "money": money(row.money),
        }
        for row in found.rows
    ]
    sides = {"referred": _closed(found.referred), "others": _closed(found.others)}
    return {"sources": rows, "unknown": found.unknown, **sides, "reason": sources_sentence(found)}


def _closed(side: Closed) -> Json:
    return {"came": side.came, "bought": side.bought, "rate": round(side.rate, 6)}


def _funnel_json(found: Conversion) -> Json:
    return {
        "levels": [{"level": level.code, "customers": len(level.customers)} for level in found.levels],
        "talked": found.talked,
        "won": found.won,
        "talking": found.talking,
        "pace": asdict(found.pace) if found.pace is not None else None,
    }
