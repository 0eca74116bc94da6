"""What rhythm and cadence ask for, and the sentence that says why."""

from __future__ import annotations

from datetime import date, timedelta

from crmdesk.domain.cadence import steps_of
from crmdesk.domain.contact_wish import (
    CADENCE,
    NEVER,
    OWN,
    QUIET,
    SECOND_ORDER,
    Due,
    Standing,
    last_line,
    what_to_ask,
    why_now,
    wish_for,
)
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.stage import Stage

TODAY = date(2026, 11, 22)
STEPS = steps_of((), 4)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def someone(stage: str, **known: object) -> Standing:
    return Standing(**{"customer_id": 7, "known_since": ago(100), "stage": stage, **known})


def reason(customer: Standing, **due: object) -> Phrase:
    return why_now(customer, Due(**{"origin": Origin.CADENCE, **due}), TODAY, STEPS)[1]


def test_a_quiet_customer_is_wanted_at_once_the_most_valuable_first() -> None:
    cheap = wish_for(someone(Stage.DORMANT, worth=100, last_order=ago(81)), TODAY, STEPS)
    dear = wish_for(someone(Stage.DORMANT, worth=900, last_order=ago(81)), TODAY, STEPS)
    assert cheap.wanted_on == TODAY
    assert cheap.origin == Origin.WIN_BACK
    assert dear.order < cheap.order


def test_a_quiet_customer_who_was_called_is_left_in_peace_for_its_cadence() -> None:
    called = someone(Stage.DORMANT, tier_rank=1, last_contact=ago(5), last_order=ago(81))
    assert wish_for(called, TODAY, STEPS).wanted_on == ago(5) + timedelta(days=60)


def test_a_new_customer_is_asked_after_three_days_once() -> None:
    new = someone(Stage.NEW, last_order=ago(4), tier_rank=1)
    assert wish_for(new, TODAY, STEPS).wanted_on == ago(1)
    assert reason(new) == Phrase("today_second_order", {"days": 4})
    asked = someone(Stage.NEW, last_order=ago(4), last_contact=ago(1), tier_rank=1)
    assert wish_for(asked, TODAY, STEPS).wanted_on == ago(1) + timedelta(days=60)


def test_a_new_customer_is_called_again_when_by_the_others_the_second_order_is_due() -> None:
    waiting = someone(Stage.NEW, last_order=ago(50), last_contact=ago(46), tier_rank=1, second_after=40)
    assert wish_for(waiting, TODAY, STEPS).wanted_on == ago(10)
    assert reason(waiting) == Phrase("today_second_due", {"days": 50, "usual": 40})
    called = someone(Stage.NEW, last_order=ago(50), last_contact=ago(9), tier_rank=1, second_after=40)
    assert wish_for(called, TODAY, STEPS).wanted_on == ago(9) + timedelta(days=60)


def test_a_late_second_order_never_puts_off_the_least_contact() -> None:
    waiting = someone(Stage.NEW, last_order=ago(50), last_contact=ago(46), tier_rank=1, second_after=200)
    assert wish_for(waiting, TODAY, STEPS).wanted_on == ago(46) + timedelta(days=60)
    assert reason(waiting) == Phrase("today_second_order", {"days": 50})


def test_the_cadence_counts_from_the_last_contact_or_order() -> None:
    active = someone(Stage.ACTIVE, tier_rank=0, last_contact=ago(40), last_order=ago(10))
    assert wish_for(active, TODAY, STEPS).wanted_on == ago(10) + timedelta(days=30)
    assert reason(active) == Phrase("today_cadence", {"cadence": 30, "last_on": ago(40).isoformat()})


def test_somebody_never_contacted_is_due_after_the_import_not_on_its_day() -> None:
    fresh = Standing(7, known_since=TODAY, stage=Stage.PROSPECT)
    assert TODAY < wish_for(fresh, TODAY, STEPS).wanted_on <= TODAY + timedelta(days=60)
    assert reason(fresh) == Phrase("today_never")


def test_classes_stand_in_the_order_of_the_day() -> None:
    assert OWN < QUIET < SECOND_ORDER < CADENCE < NEVER


def test_the_users_own_words_come_first() -> None:
    customer = someone(Stage.DORMANT, usual=35, last_order=ago(81))
    assert reason(customer, origin=Origin.BY_HAND, summary="送样品") == Phrase("today_due", {"summary": "送样品"})
    assert reason(customer, origin=Origin.BY_HAND, late=2) == Phrase("today_due_bare_late", {"days": 2})
    promised = reason(customer, promise=True, summary="发报价", late=2)
    assert promised == Phrase("today_promise_late", {"summary": "发报价", "days": 2})


def test_quiet_reasons_carry_the_rhythm_and_the_worth() -> None:
    quiet = someone(Stage.DORMANT, usual=35, last_order=ago(81), worth=30_000_000)
    assert reason(quiet) == Phrase("today_quiet_worth", {"usual": 35, "days": 81, "worth_money": 30_000_000})
    odd = someone(Stage.DORMANT, usual=35, last_order=ago(81), worth=25_339_167)  # ¥2,533.9167
    assert reason(odd).values["worth_money"] == 25_340_000
    assert reason(someone(Stage.LOST, last_order=ago(400))) == Phrase("today_lost_once", {"days": 400})


def test_the_last_line_says_what_is_known() -> None:
    assert last_line(None, None, None, "") is None
    assert last_line("2026-09-02", 3, "2026-06-24", "隔壁开了新店") == Phrase(
        "last_order_money_said",
        {"order_on": "2026-09-02", "amount_money": 3, "said_on": "2026-06-24", "said": "隔壁开了新店"},
    )
    assert last_line("2026-09-02", 0, None, "") == Phrase("last_order", {"order_on": "2026-09-02"})


def test_there_is_a_question_for_every_stage() -> None:
    assert {what_to_ask(stage).code for stage in Stage} == {
        "ask_prospect",
        "ask_in_talks",
        "ask_new",
        "ask_regular",
        "ask_quiet",
        "ask_lost",
    }


def test_what_a_contract_a_supply_or_a_win_back_asks_for_says_so() -> None:
    lost = Standing(1, TODAY, Stage.LOST)
    asked = {
        Origin.CONTRACT: "today_contract",
        Origin.SUPPLY: "today_supply",
        Origin.AFTER_SALE: "today_after_sale",
        Origin.WIN_BACK: "today_win_back",
    }
    for origin, code in asked.items():
        kind, reason = why_now(lost, Due(origin, "滤芯"), TODAY, STEPS)
        assert (kind, reason.code, reason.values["summary"]) == (OWN, code, "滤芯")
    assert why_now(lost, Due(Origin.AFTER_SALE), TODAY, STEPS)[1].code == "today_after_sale_bare"
    assert what_to_ask(Stage.LOST, Origin.CONTRACT).code == "ask_contract"


def test_who_came_back_is_not_won_back_any_more() -> None:
    back = Standing(1, TODAY, Stage.WON_BACK)
    assert why_now(back, Due(Origin.WIN_BACK, "带样品"), TODAY, STEPS)[1].code == "today_due"
