"""Rules are tried out before they are applied, and the trial tells what applying does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.domain.policy_ready import READY
from crmdesk.operations import policies, tiers
from crmdesk.operations.customers import customer_card
from crmdesk.operations.exporting import export_customers
from crmdesk.operations.history import logical_dump
from crmdesk.progress import Progress
from crmdesk.storage.database import Database
from crmdesk.words.phrases import say


@pytest.fixture
def shop(database: Database, fill: Callable[..., list[int]]) -> list[int]:
    """Forty customers: buyers of different worth, and four without a purchase, two of them with an intent."""
    return fill(
        database,
        [
            (
                f"客户{number}",
                {36: "high", 37: "low"}.get(number, ""),
                [(5 + order * (20 + number), 100 + number**2) for order in range(1 + number % 6 if number < 36 else 0)],
            )
            for number in range(40)
        ],
    )


def levels_now(database: Database) -> dict[str, int]:
    with database.raw_read() as raw:
        return dict(raw.execute("SELECT coalesce(tier, ''), count(*) FROM figures GROUP BY 1").fetchall())


@pytest.mark.parametrize("code", sorted(READY))
def test_applying_does_what_the_trial_told(database: Database, shop: list[int], code: str) -> None:
    policy = policies.ready_policy(code)
    before = logical_dump(database)
    told = policies.preview(policies.trial(database, products=True), policy)
    assert logical_dump(database) == before  # trying out writes nothing
    changes = tiers.apply_policy(database, policy)
    assert bool(changes) == (code != "pareto")  # those are in force already
    if not changes:
        return
    now = levels_now(database)
    assert {level.tier: level.customers for level in told.levels if level.customers} == {
        tier: count for tier, count in now.items() if tier
    }
    assert told.without_tier == now.get("", 0)
    database.undo()
    assert logical_dump(database) == before


def test_leads_have_a_tier_by_intent_and_the_others_say_why_not(database: Database, shop: list[int]) -> None:
    tiers.apply_policy(database, policies.ready_policy("intent"))
    cards = [customer_card(database, customer).figures for customer in shop]
    assert [card.tier for card in cards[36:]] == ["高", "低", None, None]
    assert say(cards[36].tier_reason) == "意向高"
    assert say(cards[0].tier_reason) == "还没记意向"


def test_without_tiers_list_and_summary_follow(database: Database, shop: list[int], tmp_path) -> None:
    tiers.apply_policy(database, policies.ready_policy("no_tiers"))
    assert levels_now(database) == {"": 40}
    assert [say(phrase) for phrase in tiers.policy_in_words(database)] == ["不分等级：列表、图表、报告里都不出现等级"]
    assert tiers.tier_summary(database).levels == ()
    to = tmp_path / "客户.csv"
    export_customers(database, to, Progress())
    assert "等级" not in to.read_text(encoding="utf-8-sig").splitlines()[0]


def test_the_trial_weighs_contacts_needed_against_what_one_can_do(database: Database, shop: list[int]) -> None:
    policy = replace(policies.ready_policy("pareto"), cadence=(7, 14, 28, 28))
    found = policies.preview(policies.trial(database, daily_cap=8), policy)
    wanted = sum(level.customers * 7 / days for level, days in zip(found.levels, policy.cadence, strict=True))
    # Who has no tier is contacted as well, every sixty days.
    assert found.contacts_needed == pytest.approx(wanted + found.without_tier * 7 / 60)
    assert found.contacts_possible == 48
    assert found.contacts_done == 0


def test_rules_that_make_no_sense_are_refused_with_the_reason(database: Database) -> None:
    policy = policies.ready_policy("pareto")
    assert policies.with_changes(policy, {"window": 365}).window == 365
    for wrong in ({"windows": 3}, {"levels": ["A"]}, {"cuts": [0.9, 0.5, 0.1]}, {"parts": [{"weight": 1}]}):
        with pytest.raises(Refused):
            policies.with_changes(policy, wrong)
    with pytest.raises(Refused):
        policies.ready_policy("lucky")


def test_schemes_side_by_side_say_how_far_they_agree(database: Database, shop: list[int]) -> None:
    tried = policies.trial(database)
    same, other = (
        policies.overlaps(tried, [policies.ready_policy("pareto"), policies.ready_policy(code)])[0]
        for code in ("pareto", "retail")
    )
    assert same.agreement == 1
    assert other.agreement is not None
    assert other.agreement < 1
    assert sum(other.counts.values()) == 40


def test_other_rules_say_of_a_customer_what_applying_them_would(database: Database, shop: list[int]) -> None:
    before = {policy.ready: tier for policy, tier in policies.other_levels(database, shop[35])}
    assert "pareto" not in before
    for code in ("rfm", "intent"):
        tiers.apply_policy(database, policies.ready_policy(code))
        assert customer_card(database, shop[35]).figures.tier == before[code]


def test_what_other_rules_say_of_nobody_is_refused(database: Database, shop: list[int]) -> None:
    with pytest.raises(Refused, match="no_such_customer"):
        policies.other_levels(database, max(shop) + 1)


def test_drift_is_none_right_after_a_run_and_a_review_comes_due(database: Database, shop: list[int]) -> None:
    tiers.apply_policy(database, replace(policies.ready_policy("rfm"), review_on="2026-11-30"))
    found = policies.drift(database)
    assert (found.moved, found.due, found.review_on) == (0, False, "2026-11-30")
    assert all(frozen == today for frozen, today in found.limits)


def test_every_version_is_kept_with_its_day(database: Database, shop: list[int]) -> None:
    tiers.apply_policy(database, policies.ready_policy("rfm"))
    tiers.apply_policy(database, policies.ready_policy("retail"))
    assert [(one.ready, one.version, day) for one, day in policies.kept(database)] == [
        ("retail", 3, "2026-11-22"),
        ("rfm", 2, "2026-11-22"),
        ("pareto", 1, "2026-11-22"),
    ]
