"""`crmdesk sources`: what each source brought. `crmdesk funnel`: how many get to the first order, and how fast."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING

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


def print_sources(options: Namespace, clock: Clock) -> int:
    """`crmdesk sources`. Where too little is noted, JSON is null."""
    with opened(options.file, clock, read_only=True) as db:
        found = source_yield(db)
    if options.json:
        print_json(_sources_json(found) if found is not None else None)
    elif found is None:
        print(_("Too few sources are noted yet, or nobody has bought"))
    else:
        print(sources_sentence(found))
        for row in found.rows:
            print(f"{source_label(row)}\t{source_note(row)}")
    return 0


def print_funnel(options: Namespace, clock: Clock) -> int:
    """`crmdesk funnel`. Where there is none to be measured, JSON is null."""
    with opened(options.file, clock, read_only=True) as db:
        found = conversion(db)
    if options.json:
        print_json(_funnel_json(found) if found is not None else None)
    elif found is None:
        print(_("There is no way to the first order to be measured: too few customers, or all of them have bought"))
    else:
        for sentence in filter(None, (funnel_sentence(found), talks_sentence(found), talking_sentence(found))):
            print(sentence)
    return 0


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
