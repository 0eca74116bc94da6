"""Whom a customer is like, what such customers did, and why nothing can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Phrase
from crmdesk.i18n import translatable
from crmdesk.words.labels import field_label, label

if TYPE_CHECKING:
    from crmdesk.domain.look_alike import LookAlike, Odds

LOOK_ALIKE: Final[dict[str, str]] = {
    "alike_buy_above": translatable(
        "{near_done} of the {near} most alike bought ({near_share}), {lift} times as many as of all ({base_share})"
    ),
    "alike_buy_below": translatable(
        "Only {near_done} of the {near} most alike bought ({near_share}); of all it is {base_share}"
    ),
    "alike_buy_same": translatable(
        "{near_done} of the {near} most alike bought ({near_share}), about as many as of all ({base_share})"
    ),
    "alike_again_above": translatable(
        "{near_done} of the {near} most alike came again ({near_share}), {lift} times as many as of all ({base_share})"
    ),
    "alike_again_below": translatable(
        "Only {near_done} of the {near} most alike came again ({near_share}); of all it is {base_share}"
    ),
    "alike_again_same": translatable(
        "{near_done} of the {near} most alike came again ({near_share}), about as many as of all ({base_share})"
    ),
    "alike_no_odds": translatable("Nearly all past customers did the same, so nothing can be told from it"),
    "alike_step": translatable("First {step_interaction}: {done} of {count} came of it"),
    # Refusals
    "alike_little_known": translatable(
        "Too little is known to say whom this customer is like: {count} things, it takes {needed}. "
        "Note what the first talk told."
    ),
    "alike_few_customers": translatable(
        "Not enough data: {count} past customers to be like, it takes {needed}. Nothing was changed."
    ),
}


def look_alike_phrases(found: LookAlike) -> list[Phrase]:
    """What such customers did, and which first steps worked, sentence by sentence."""
    told = [_odds(name, odds) for name, odds in (("buy", found.buy), ("again", found.again)) if odds is not None]
    steps = [
        Phrase("alike_step", {"step_interaction": kind, "count": count, "done": done})
        for kind, count, done in found.steps
    ]
    return [*(told or [Phrase("alike_no_odds")]), *steps]


def trait_label(name: str) -> str:
    """What two customers have in common, in words."""
    from crmdesk.domain.first_contact import ANSWERS  # with patterns, which the first sentence need not wait for

    return label("answer", name) if name in ANSWERS else field_label(name)


def _odds(name: str, odds: Odds) -> Phrase:
    values = {
        "near": odds.near,
        "near_done": odds.near_done,
        "near_share": odds.share,
        "base_share": odds.base,
        "lift": round(odds.lift, 1),
    }
    return Phrase(f"alike_{name}_{odds.verdict()}", values)
