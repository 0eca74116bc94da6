"""`crmdesk policy`: the rules that give tiers, tried out before they are applied."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from crmdesk.cli import as_json
from crmdesk.cli.as_json import Json, print_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _
from crmdesk.operations import policies, tiers
from crmdesk.progress import Progress
from crmdesk.words import formats
from crmdesk.words.phrases import one_thing, say, say_done
from crmdesk.words.policies import policy_name

if TYPE_CHECKING:
    from crmdesk.domain.policy_preview import Preview
    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.operations.files import Database


def run_policy_command(options: Namespace, clock: Clock) -> int:
    """`crmdesk policy WHAT [NAME]`; without a name the rules in force are meant, `--set` changes single values.

    JSON of `list`: `ready[{code, name, levels}], kept[{version, made_on, name, levels}]`; of `show`: the rules as
    `domain.tier_policy.TierPolicy` keeps them, with `sentences`; of `preview`: `levels[{tier,
    customers, money, contacts_per_week}], without_tier, key_accounts, moved, moved_up, moved_down, contacts_needed,
    contacts_done, contacts_possible, moves[{customer, customer_name, old, new, money}]`; of `compare`: pairs with
    `agreement` and `counts[{first, second, customers}]`; of `drift`: `run_on, customers, moved, limits, review_on,
    due`.
    """
    with opened(options.file, clock, read_only=options.what != "apply") as db:
        return RUN[options.what](db, options)


def _wanted(db: Database, options: Namespace) -> TierPolicy:
    policy = policies.ready_policy(options.policy) if options.policy else tiers.current_policy(db)
    return policies.with_changes(policy, _changes(options.set)) if options.set else policy


def _changes(pairs: list[str]) -> dict[str, Any]:
    found = {}
    for pair in pairs:
        key, _equals, text = pair.partition("=")
        try:
            found[key] = json.loads(text)
        except ValueError as error:
            raise Refused("bad_policy", why=f"{key}: {error}") from error
    return found


def _list(db: Database, options: Namespace) -> int:
    ready, kept = policies.ready_policies(), policies.kept(db)
    if options.json:
        versions = [{"version": one.version, "made_on": made_on, **_head(one)} for one, made_on in kept]
        print_json({"ready": [{"code": one.ready, **_head(one)} for one in ready], "kept": versions})
        return 0
    for one in ready:
        print(f"{one.ready}\t{policy_name(one)}\t{' '.join(one.levels)}")
    for one, made_on in kept:
        print(f"{one.version}\t{made_on}\t{policy_name(one)}")
    return 0


def _head(policy: TierPolicy) -> Json:
    return {"name": policy_name(policy), "levels": list(policy.levels)}


def _show(db: Database, options: Namespace) -> int:
    policy = _wanted(db, options)
    if options.policy or options.set:
        # Rules that are not in force have no limits yet: they are those that applying would find.
        found = policies.preview(policies.trial(db, products=True), policy)
        sentences = [say(phrase) for phrase in tiers.rules_in_words(policy, found.cut_offs)]
    else:
        sentences = [say(phrase) for phrase in tiers.policy_in_words(db)]
    if options.json:
        print_json({**json.loads(policy.to_json()), "sentences": sentences})
    else:
        print(policy_name(policy))
        print("\n".join(sentences))
    return 0


def _preview(db: Database, options: Namespace) -> int:
    found = policies.preview(policies.trial(db, products=True), _wanted(db, options))
    if options.json:
        print_json(_preview_json(found))
        return 0
    for level in found.levels:
        told = _("{tier}: {count} customers, {money}; {contacts} contacts a week").format(
            tier=level.tier,
            count=level.customers,
            money=formats.money(level.money),
            contacts=f"{level.contacts_per_week:.1f}",
        )
        print(one_thing(told))
    print(f"{_('No tier')}\t{found.without_tier}")
    moved = _("{count} customers would move: {up} up, {down} down")
    print(one_thing(moved.format(count=found.moved, up=found.moved_up, down=found.moved_down)))
    needed = _("{needed} contacts a week needed, {done} made, {possible} possible")
    print(
        needed.format(
            needed=round(found.contacts_needed), done=round(found.contacts_done), possible=found.contacts_possible
        )
    )
    for move in found.moves:
        print(f"{move.name}\t{move.old or _('No tier')} → {move.new or _('No tier')}\t{formats.money(move.money)}")
    return 0


def _preview_json(found: Preview) -> Json:
    return {
        "levels": [
            {
                "tier": level.tier,
                "customers": level.customers,
                "money": as_json.money(level.money),
                "contacts_per_week": round(level.contacts_per_week, 2),
            }
            for level in found.levels
        ],
        "without_tier": found.without_tier,
        "key_accounts": found.key_accounts,
        "moved": found.moved,
        "moved_up": found.moved_up,
        "moved_down": found.moved_down,
        "contacts_needed": round(found.contacts_needed, 2),
        "contacts_done": round(found.contacts_done, 2),
        "contacts_possible": found.contacts_possible,
        "moves": [
            {
                "customer": str(move.customer_id),
                "customer_name": move.name or None,
                "old": move.old,
                "new": move.new,
                "money": as_json.money(move.money),
            }
            for move in found.moves
        ],
    }


def _apply(db: Database, options: Namespace) -> int:
    changes = tiers.apply_policy(db, _wanted(db, options), Progress())
    if options.json:
        print_json({"applied": bool(changes), "version": tiers.current_policy(db).version})
    else:
        print(say_done(changes.name) if changes else _("These rules are in force already."))
    return 0


def _compare(db: Database, options: Namespace) -> int:
    others = [policies.ready_policy(options.policy)] if options.policy else policies.ready_policies()
    schemes = [tiers.current_policy(db), *others]
    found = policies.overlaps(policies.trial(db, products=True), schemes)
    if options.json:
        print_json(
            [
                {
                    "first": one.first,
                    "second": one.second,
                    "agreement": one.agreement,
                    "counts": [
                        {"first": first or None, "second": second or None, "customers": customers}
                        for (first, second), customers in one.counts.items()
                    ],
                }
                for one in found
            ]
        )
        return 0
    called = {scheme.ready: policy_name(scheme) for scheme in schemes}
    for one in found:
        if one.agreement is not None:
            told = _("{name}: the same level for {share} of the customers")
            print(told.format(name=called[one.second], share=formats.percent(one.agreement)))
    return 0


def _drift(db: Database, options: Namespace) -> int:
    found = policies.drift(db)
    if options.json:
        print_json(
            {
                "run_on": found.run_on or None,
                "customers": found.customers,
                "moved": found.moved,
                "limits": [{"frozen": frozen, "today": today} for frozen, today in found.limits],
                "review_on": found.review_on or None,
                "due": found.due,
            }
        )
    else:
        told = _("With limits found anew today {moved} of {count} customers would move")
        print(one_thing(told.format(moved=found.moved, count=found.customers)))
    return 0


RUN: Final[dict[str, Callable[[Any, Namespace], int]]] = {
    "list": _list,
    "show": _show,
    "preview": _preview,
    "apply": _apply,
    "compare": _compare,
    "drift": _drift,
}
