"""The tier passport of a customer, and what the salesperson tells it: estimates, overridden exclusions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from crmdesk.domain.changes import Changes
from crmdesk.domain.passport import ExclusionState, Number, Override, Passport, Promise
from crmdesk.domain.phrase import Phrase, Refused

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

    from crmdesk.domain.figures import Figures
    from crmdesk.domain.indicators import Ground
    from crmdesk.domain.passport_promises import Case, Ways
    from crmdesk.domain.record import Standing
    from crmdesk.domain.tier_cut_offs import CutOffs
    from crmdesk.domain.tier_facts import Facts
    from crmdesk.domain.tier_policy import TierPolicy
    from crmdesk.storage.database import Database

__all__ = ["Passport", "estimate", "passport", "waive"]

# The exclusions whose missing fact a question can fetch.
_ASKED: Final = ("needs", "power", "potential", "industry", "off_region", "thin_region", "full_region")


def passport(db: Database, customer_id: int) -> Passport:
    """Why this customer has this tier, and what would change it. Raises Refused("no_such_customer")."""
    from crmdesk.storage import customers, passports, records
    from crmdesk.storage.policy import as_of_day
    from crmdesk.storage.tiers import policy_in_force

    with db.read() as connection:
        record = records.record(connection, customer_id)
        standing = customers.standing(connection, customer_id)
    today = db.clock.today()
    with db.raw_read() as raw:
        force = policy_in_force(raw)
        as_of = as_of_day(raw, today)
        case = passports.evidence(raw, force, customer_id, as_of, today)
        facts = passports.own_facts(raw, force, customer_id)
        history, prices = passports.history(raw, customer_id), passports.last_prices(raw, customer_id)
        ordered_as_of = _as_of_after_order(raw, today)
    override = _override(standing, today)
    ground = _ground(case, facts)
    figures = record.figures
    exclusions = tuple(_exclusions(ground, case)) if _stands_at_the_top(figures) and len(ground.buyers) else ()
    up, down = (None, None) if override else _ways(case, figures, today, ordered_as_of)
    if up is not None and up.rank >= figures.tier_rank:
        up = None  # an old export: seen from today it has fallen silent, and an order only brings back what it shows
    if up is not None and not up.intent and not len(ground.buyers):
        up = replace(up, first=True)
    return Passport(
        customer_id,
        record.customer.name or record.customer.code,
        figures.tier,
        figures.tier_rank if figures.tier else None,
        figures.key_account,
        figures.tier_reason,
        figures.stage_reason,
        figures.confidence,
        as_of,
        _rule(force.policy, force.cut_offs, figures, ground),
        force.policy.version,
        tuple(_numbers(ground, case)),
        _source(ground),
        exclusions,
        tuple(one.question for one in exclusions if one.question is not None),
        up,
        down,
        history,
        override,
        facts.headroom.get(customer_id, ()),
        prices,
        _to_do(force.policy, figures),
        _worth(figures),
        figures.unprofitable,
    )


def estimate(
    db: Database,
    customer_id: int,
    kind: str,
    level: str = "",
    *,
    amount: int | None = None,
    reason: str = "",
    until: date | None = None,
) -> Changes:
    """Keep the salesperson's own estimate (needs, power, potential, loyalty): dated today, one undoable step.

    `amount` is int money a year, for purchasing power. Raises Refused("no_such_estimate", "no_such_customer").
    """
    from crmdesk.domain.tier_facts import EXCLUSION, KINDS, LEVELS

    levels = (*LEVELS, "unclear", "") if kind == "needs" else LEVELS
    if kind not in KINDS or kind == EXCLUSION or (level not in levels and not (kind == "power" and amount is not None)):
        raise Refused("no_such_estimate", value=f"{kind} {level}".strip())
    return _tell(db, customer_id, "estimate", kind=kind, level=level, amount=amount, reason=reason, until=until)


def waive(db: Database, customer_id: int, exclusion: str, reason: str, until: date | None = None) -> Changes:
    """Override an exclusion of this customer; the reason is kept. Raises Refused("no_such_estimate")."""
    from crmdesk.domain.tier_exclusion import RULES
    from crmdesk.domain.tier_facts import EXCLUSION

    if exclusion not in RULES or not reason.strip():
        raise Refused("no_such_estimate", value=exclusion)
    return _tell(db, customer_id, "waive_exclusion", kind=EXCLUSION, level=exclusion, reason=reason, until=until)


def _tell(db: Database, customer_id: int, code: str, *, until: date | None, **values: object) -> Changes:
    from crmdesk.storage import customers, rows, schema

    with db.read() as connection:
        name = customers.name(connection, customer_id)
    last = until.isoformat() if until else None
    with db.write(code, name=name) as step:
        rows.insert(
            step,
            schema.estimates,
            customer_id=customer_id,
            made_on=db.clock.today().isoformat(),
            until=last,
            **values,
        )
    return step.changes


def _as_of_after_order(raw: Raw, today: date) -> date:
    from crmdesk.storage.policy import as_of_mode, resolve_as_of

    # An old export is judged as of its own last order; an order of today makes today the day for everybody.
    return resolve_as_of(as_of_mode(raw), today, today)


def _ground(case: Case, facts: Facts) -> Ground:
    """The indicators' ground of this customer alone."""
    import numpy as np

    from crmdesk.domain.indicators import Ground
    from crmdesk.domain.purchases import NO_DAY, buyers_of

    policy, cut_offs = case.rules.policy, case.rules.cut_offs
    orders = case.orders.of(np.isin(case.orders.owner, case.ids)).counted(policy.returns)
    window = case.as_of - policy.window if policy.window else NO_DAY
    buyers = buyers_of(orders, case.given.of(np.isin(case.given.ids, case.ids)), window)
    return Ground(buyers, orders, facts, case.as_of, case.prior, policy.window, cut_offs.margin)


def _numbers(ground: Ground, case: Case) -> list[Number]:
    from crmdesk.domain.indicators import INDICATORS, UNITS
    from crmdesk.domain.rhythm import CONFIDENCE
    from crmdesk.domain.tier_score import part_points

    if not len(ground.buyers):
        return []
    points: dict[str, int] = {}
    policy = case.rules.policy
    if policy.scale == "points":
        edges = case.rules.cut_offs.edges or ((),) * len(policy.parts)
        for part, fifths in zip(policy.parts, edges, strict=True):
            found, known = part_points(part, ground, fifths)
            if known[0]:
                points[part.indicator] = int(found[0])
    numbers = []
    for code, indicator in INDICATORS.items():
        measured = indicator(ground)
        value = float(measured.values[0]) if measured.known[0] else None
        sure = CONFIDENCE[int(measured.confidence[0])]
        numbers.append(Number(code, UNITS[code], value, sure if value is not None else "", points.get(code)))
    return numbers


def _source(ground: Ground) -> Phrase | None:
    """Where the numbers come from: orders with their first and last day, or the totals of a sheet."""
    from crmdesk.domain.purchases import NO_DAY

    buyers = ground.buyers
    if not len(buyers):
        return None
    first, last = int(buyers.first[0]), int(buyers.last[0])
    if first == NO_DAY or last == NO_DAY:
        return Phrase("passport_source_undated", {"orders": int(buyers.orders[0])})
    days = {"first_on": date.fromordinal(first).isoformat(), "last_on": date.fromordinal(last).isoformat()}
    code = "passport_source_totals" if bool(buyers.estimated[0]) else "passport_source_orders"
    return Phrase(code, {"orders": int(buyers.orders[0]), **days})


def _exclusions(ground: Ground, case: Case) -> list[ExclusionState]:
    from crmdesk.domain.tier_exclusion import STATES, verdicts

    customer = int(case.ids[0])
    found = []
    for code, verdict in verdicts(ground, case.rules.policy, case.rules.cut_offs.usual_order).items():
        state = STATES[int(verdict.state[0])]
        number = float(verdict.number[0]) if verdict.measured[0] else None
        why = (
            Phrase(f"exclusion_{code}", _shown(code, number))
            if number is not None
            else Phrase(f"exclusion_{code}_bare")
        )
        waiver = ground.facts.waived.get(customer, {}).get(code)
        found.append(
            ExclusionState(
                code,
                state,
                why,
                Phrase(f"ask_{code}") if state == "unknown" and code in _ASKED else None,
                waiver.reason if waiver is not None and state == "waived" else "",
            )
        )
    return found


def _stands_at_the_top(figures: Figures) -> bool:
    """Whether exclusions are about this customer: on the best level, or kept from it by one of them."""
    return figures.tier_rank == 0 or figures.tier_reason.code.startswith("tier_excluded_")


def _shown(code: str, number: float) -> dict[str, str | int | float | None]:
    if code in ("needs", "new"):
        return {"days": int(number)}
    if code == "small":
        return {"average_money": int(number)}
    if code in ("loyalty", "power"):
        return {"share": round(number, 2)}
    return {"number": round(number, 2)}


def _ways(case: Case, figures: Figures, today: date, ordered_as_of: date) -> tuple[Promise | None, Promise | None]:
    from crmdesk.domain.passport_promises import ways_by_intent, ways_by_waiting, ways_up

    policy = case.rules.policy
    if not policy.has_levels:
        return None, None
    if policy.scale == "intent":
        # Without an intent there is no level either: any intent gives one, and the reason asks for it.
        found = ways_by_intent(figures.tier_rank, len(policy.levels)) if figures.tier else (None, None)
        up, down = (way and Promise(policy.levels[way[1]], way[1], intent=way[0]) for way in found)
        return up, down
    up = _promise(policy, ways_up(replace(case, as_of=ordered_as_of.toordinal()), today.toordinal()))
    if up is None:
        up = _promise(policy, ways_by_waiting(case, down=False))
    return up, _promise(policy, ways_by_waiting(case, down=True))


def _promise(policy: TierPolicy, ways: Ways) -> Promise | None:
    if not ways.found[0] or not 0 <= int(ways.rank[0]) < len(policy.levels):
        return None
    rank = int(ways.rank[0])
    return Promise(policy.levels[rank], rank, int(ways.orders[0]), int(ways.money[0]), int(ways.days[0]))


def _rule(policy: TierPolicy, cut_offs: CutOffs | None, figures: Figures, ground: Ground) -> tuple[Phrase, ...]:
    """The rule of the customer's own level, of the one above it, and what is estimated of the value."""
    from crmdesk.operations.tiers import levels_in_words

    if cut_offs is None or figures.tier not in policy.levels:
        return ()
    told = levels_in_words(policy, cut_offs)
    place = policy.levels.index(figures.tier)
    estimated = policy.scale == "value" and cut_offs.measure == "profit" and not ground.buyers.profit_known.all()
    note = [Phrase("passport_profit_estimated", {"margin_share": round(cut_offs.margin, 4)})] if estimated else []
    return (*told[max(place - 1, 0) : place + 1], *note)


def _to_do(policy: TierPolicy, figures: Figures) -> tuple[Phrase, ...]:
    """How the customer's level is treated; nothing where it has none."""
    from crmdesk.domain.cadence import least_contact, steps_of

    if figures.tier not in policy.levels:
        return ()
    place = policy.levels.index(figures.tier)
    days = least_contact(place, steps_of(policy.cadence, len(policy.levels)), figures.stage)
    told = next(iter(policy.playbook[place : place + 1]), "")  # none is written to begin with
    own = [Phrase("policy_playbook", {"level": figures.tier, "told": told})] if told else []
    return Phrase("playbook_contact", {"days": days}), *own


def _worth(figures: Figures) -> Phrase | None:
    """What it brought so far, and what the next twelve months bring by everybody's habits; None without money."""
    if figures.order_total is None:
        return None
    if figures.year_money is None:
        return Phrase("passport_worth", {"total_money": figures.order_total})
    low, high = figures.year_low or 0, figures.year_high or 0
    if not high:
        return Phrase("passport_worth_none", {"total_money": figures.order_total})
    return Phrase(
        "passport_worth_ahead",
        {"total_money": figures.order_total, "low": low, "high": high, "year_money": figures.year_money},
    )


def _override(standing: Standing, today: date) -> Override | None:
    until = standing.tier_override_until
    if not standing.tier_override or (until is not None and until < today):
        return None
    return Override(standing.tier_override, standing.tier_override_reason, until)
