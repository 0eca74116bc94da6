"""The sentences of win-backs, renewals and care after a sale: their steps, refusals, and reasons in 今天."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.follow_up import FollowUp, Origin
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label

CARE: Final[dict[str, str]] = {
    # steps
    "begin_win_back": translatable("try to win {name} back"),
    "edit_win_back": translatable("edit how {name} is won back"),
    "delete_win_back": translatable("delete an attempt to win {name} back"),
    "add_renewal": translatable("note what ends with {name}"),
    "edit_renewal": translatable("edit what ends with {name}"),
    "delete_renewal": translatable("delete what ends with {name}"),
    "plan_renewals": translatable("plan {count} contacts about what ends soon"),
    "note_satisfaction": translatable("note how satisfied {name} is"),
    "note_improvement": translatable("note what was changed"),
    "edit_improvement": translatable("edit what was changed"),
    "delete_improvement": translatable("delete what was changed"),
    "delete_satisfaction": translatable("delete an answer of {name}"),
    "start_plan": translatable("start a plan with {name}"),
    "start_plan_many": translatable("start a plan with {count} customers"),
    "pause_plan": translatable("let the plan with {name} wait"),
    "resume_plan": translatable("go on with the plan with {name}"),
    "end_plan": translatable("end the plan with {name}"),
    "keep_plan": translatable("keep the plan {name}"),
    "delete_plan": translatable("delete the plan {name}"),
    "plan_steps": translatable("bring {count} plans up to today"),
    "log_answer": translatable("log {name}, the plan waits"),
    "add_order_answer": translatable("add an order of {name}, the plan waits"),
    "give": translatable("note a gift to {name}"),
    "edit_gift": translatable("edit a gift to {name}"),
    "delete_gift": translatable("delete a gift to {name}"),
    "set_minutes": translatable("say how long contacts take"),
    "make_offer": translatable("note an offer to {name}"),
    "edit_offer": translatable("edit an offer to {name}"),
    "delete_offer": translatable("delete an offer to {name}"),
    "plan_offers": translatable("plan {count} contacts about offers that run out"),
    # refusals
    "offer_without_words": translatable("What is offered? Nothing was changed."),
    "offer_ends_before": translatable("An offer cannot end before it begins. Nothing was changed."),
    "no_such_offer": translatable("This offer is no longer there. Nothing was changed."),
    "gift_below_nothing": translatable("A gift costs nothing or more. Nothing was changed."),
    "no_such_gift": translatable("This gift is no longer there. Nothing was changed."),
    "plan_for_nobody": translatable("They are all in a plan already, or no longer followed. Nothing was changed."),
    "plan_with_whom": translatable("With whom? Name customers, a view or a filter. Nothing was changed."),
    "no_such_view": translatable("There is no view {view}. Nothing was changed."),
    "plan_without_name": translatable("A plan needs a name. Nothing was changed."),
    "plan_without_steps": translatable("A plan has 1 to {most} steps. Nothing was changed."),
    "no_such_plan": translatable("This plan is no longer there. Nothing was changed."),
    "no_such_plan_run": translatable("This plan is no longer there. Nothing was changed."),
    "no_such_win_back": translatable("This attempt is no longer there. Nothing was changed."),
    "no_such_renewal": translatable("This contract or supply is no longer there. Nothing was changed."),
    "no_such_improvement": translatable("This change is no longer there. Nothing was changed."),
    "no_such_satisfaction": translatable("This answer is no longer there. Nothing was changed."),
    # today: why this one
    "today_contract": translatable("Contract ends: {summary}"),
    "today_supply": translatable("Runs out: {summary}"),
    "today_after_sale": translatable("After the sale: {summary}"),
    "today_after_sale_bare": translatable("After the sale: is all well?"),
    "today_win_back": translatable("Win back: {summary}"),
    "today_plan": translatable("By the plan: {summary}"),
    "today_plan_bare": translatable("The next step of the plan"),
    "today_offer": translatable("Offer runs out: {summary}"),
    "ask_offer": translatable("Say it once more: the offer holds only a few days."),
    "ask_after_sale": translatable("Ask: how satisfied are they, from 1 to 5?"),
    "ask_contract": translatable("Ask: do they renew, and is anything to be changed?"),
    "ask_supply": translatable("Ask: how much is left, shall new come?"),
}

# A follow-up of this origin says what it is about before its own words.
_ABOUT: Final[dict[str, str]] = {
    Origin.CONTRACT: "today_contract",
    Origin.SUPPLY: "today_supply",
    Origin.AFTER_SALE: "today_after_sale",
    Origin.WIN_BACK: "today_win_back",
    Origin.PLAN: "today_plan",
    Origin.OFFER: "today_offer",
}


# Plans, offers and ways to win somebody back: their parts of the card are not shown to the customer either.
_OWN_AFFAIR: Final = frozenset({Origin.PLAN, Origin.OFFER, Origin.WIN_BACK})


def due_text(due: FollowUp, *, presenting: bool = False) -> str:
    """What a follow-up is about: "Contract ends: yearly supply 2026-12-11"; without words of its own its origin.

    `presenting`: with the customer looking on its origin is not said, and nothing of what is one's own affair.
    """
    if presenting:
        return "" if due.origin in _OWN_AFFAIR else due.summary
    if not due.summary:
        return label("origin", due.origin)
    about = _ABOUT.get(due.origin)
    return _(CARE[about]).format(summary=due.summary) if about else due.summary
