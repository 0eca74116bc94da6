"""`crmdesk duplicates` and `crmdesk merge`: who looks like one customer, and making two one."""

from __future__ import annotations

from argparse import Namespace

from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.i18n import _
from crmdesk.operations import duplicates
from crmdesk.operations.duplicates import DuplicatePair
from crmdesk.progress import Progress
from crmdesk.words.phrases import say


def print_duplicates(options: Namespace, clock: Clock) -> int:
    """`crmdesk duplicates`: the pairs, the surest first, with what speaks for and against."""
    with opened(options.file, clock, read_only=True) as db:
        pairs = duplicates.find_duplicates(db, Progress())
    if options.json:
        print_json([_pair_json(pair) for pair in pairs])
        return 0
    for pair in pairs:
        print(f"{pair.first}\t{pair.second}\t{pair.first_name} = {pair.second_name}")
        for sign, phrases in (("+", pair.reasons), ("-", pair.doubts)):
            for phrase in phrases:
                print(f"  {sign} {say(phrase)}")
    if not pairs:
        print(_("No two customers look like one"))
    return 0


def _pair_json(pair: DuplicatePair) -> Json:
    return {
        "first": str(pair.first),
        "first_name": pair.first_name,
        "second": str(pair.second),
        "second_name": pair.second_name,
        "score": pair.score,
        "reasons": [{"code": phrase.code, "message": say(phrase)} for phrase in pair.reasons],
        "doubts": [{"code": phrase.code, "message": say(phrase)} for phrase in pair.doubts],
    }


def merge(options: Namespace, clock: Clock) -> int:
    """`crmdesk merge KEEP OTHER`: one customer with everything of both; `crmdesk undo` takes it back."""
    with opened(options.file, clock) as db:
        changes = duplicates.merge(db, options.keep, options.other)
    print(_("Done: {step}").format(step=say(changes.name)))
    return 0
