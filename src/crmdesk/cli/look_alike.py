"""`crmdesk look-alike ID`: the past customers most like one, and what they did."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from crmdesk.cli.as_json import Json, money, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.operations import look_alike
from crmdesk.words import formats
from crmdesk.words.labels import label
from crmdesk.words.look_alike import look_alike_phrases, trait_label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.look_alike import LookAlike, Odds


def print_look_alike(options: Namespace, clock: Clock) -> int:
    """`crmdesk look-alike`. Where JSON is asked for, a refusal is JSON too; the exit code is 1 all the same."""
    with opened(options.file, clock, read_only=True) as db:
        try:
            found = look_alike.look_alike(db, options.customer)
        except Refused as refusal:
            if options.json:
                print_json({"refused": refusal.phrase.code, "reason": say(refusal.phrase)})
            raise
    if options.json:
        print_json(_as_json(found))
        return 0
    for phrase in look_alike_phrases(found):
        print(say(phrase))
    for one in found.alike:
        shared = _(", ").join(map(trait_label, one.shared))
        print(f"{formats.percent(one.likeness)}\t{one.name}\t{label('stage', one.stage)}\t{shared}")
    return 0


def _as_json(found: LookAlike) -> Json:
    return {
        "customer": str(found.customer_id),
        "compared": found.compared,
        "alike": [
            {
                "id": str(one.customer_id),
                "name": one.name,
                "likeness": round(one.likeness, 6),
                "shared": list(one.shared),
                "stage": one.stage,
                "purchase_days": one.purchase_days,
                "order_total": money(one.total),
            }
            for one in found.alike
        ],
        "buy": _odds(found.buy),
        "again": _odds(found.again),
        "first_steps": [{"kind": kind, "taken": taken, "won": won} for kind, taken, won in found.steps],
        "reasons": [say(phrase) for phrase in look_alike_phrases(found)],
    }


def _odds(odds: Odds | None) -> Json | None:
    if odds is None:
        return None
    return {
        "near": odds.near,
        "near_done": odds.near_done,
        "share": round(odds.share, 6),
        "base": round(odds.base, 6),
        "lift": round(odds.lift, 6),
        "limits": [round(limit, 6) for limit in odds.limits()],
        "verdict": odds.verdict(),
    }
