"""Policies, indicators and exclusions in words; names for levels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.i18n import _, translatable

if TYPE_CHECKING:
    from crmdesk.domain.tier_policy import TierPolicy

POLICIES: Final[dict[str, str]] = {
    "policy_none": translatable("No tiers: list, charts and report show none"),
    "policy_by_intent": translatable("By the intent you noted"),
    "policy_by_points": translatable("By points from 1 to 5 each: {parts}"),
    "policy_level_intent": translatable("{level}: intent {intent}"),
    "policy_level_quantile": translatable("{level}: up to the best {until_share} of the customers"),
    "policy_level_money": translatable("{level}: from {value_money}"),
    "policy_level_points": translatable("{level}: from {points} points"),
    "policy_lifted": translatable("A high potential lifts {count} level"),
    "policy_cap_excluded": translatable("Whom an exclusion names: {level} at best"),
    "policy_exclusions": translatable("No key account is who: {names}"),
    "policy_steady": translatable(
        "Close to a limit (within {band_share}) nobody moves; a level stays {days} days at least"
    ),
    "policy_cadence": translatable("In touch at the least: {told}"),
    "policy_playbook": translatable("What is done with {level}: {told}"),
    "policy_returns": translatable("Returns and refunds are not subtracted"),
    "policy_review": translatable("Look at these rules again on {review_on}"),
}
READY_NAMES: Final[dict[str, str]] = {
    "pareto": translatable("ABC by profit"),
    "rfm": translatable("Recency, frequency, money"),
    "potential": translatable("Value and potential"),
    "key_accounts": translatable("Key accounts"),
    "retail": translatable("Shop with many small purchases"),
    "three_columns": translatable("Name, date and amount are enough"),
    "intent": translatable("Leads by intent"),
    "no_tiers": translatable("No tiers"),
}
READY_FOR: Final[dict[str, str]] = {
    "pareto": translatable("The start: by what customers bring, held back by their own rhythm"),
    "rfm": translatable("How lately, how often and how much, in points"),
    "potential": translatable("What they bring now, lifted by a high potential"),
    "key_accounts": translatable("The best level only for those whom nothing speaks against"),
    "retail": translatable("Shops with many small purchases: how often and how lately"),
    "three_columns": translatable("When the sheet holds name, date and amount only"),
    "intent": translatable("Leads without purchases, by your own judgement"),
    "no_tiers": translatable("No tiers at all: rhythm, follow-ups and notes stay"),
}
INDICATOR_NAMES: Final[dict[str, str]] = {
    "recency": translatable("Last purchase, days ago"),
    "frequency": translatable("Purchases"),
    "monetary": translatable("Paid"),
    "profit": translatable("Profit"),
    "average_order": translatable("Average order"),
    "order_trend": translatable("Trend of the orders"),
    "largest_order": translatable("Largest order"),
    "discount": translatable("Discount given"),
    "discount_trend": translatable("Trend of the discount"),
    "margin": translatable("Margin"),
    "rhythm": translatable("Usual interval"),
    "regularity": translatable("Regularity"),
    "tenure": translatable("Customer since, days"),
    "repeat_share": translatable("Share of repeat purchases"),
    "breadth": translatable("Product groups bought"),
    "headroom": translatable("Product groups still open"),
    "past_peak": translatable("Now against the best year"),
    "complaints": translatable("Complaints per order"),
    "purchasing_power": translatable("Purchasing power a year"),
    "potential": translatable("Potential"),
    "loyalty": translatable("Loyalty"),
    "answers": translatable("Contacts answered"),
    "contact_cost": translatable("Contacts per order"),
}
EXCLUSION_NAMES: Final[dict[str, str]] = {
    "power": translatable("Purchasing power too low"),
    "potential": translatable("Potential low"),
    "new": translatable("Too new"),
    "small": translatable("Small orders"),
    "loyalty": translatable("Not loyal"),
    "complaints": translatable("Complains often"),
    "needs": translatable("Needs unclear or old"),
    "industry": translatable("Industry not a target"),
    "cross_selling": translatable("Nothing more to sell"),
    "thin_region": translatable("Region thinly peopled"),
    "full_region": translatable("Region saturated"),
    "off_region": translatable("Region off strategy"),
}
# Letters are the same everywhere; where words say more, these are proposed. The user renames them at will.
_LEVEL_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "retail": (translatable("VIP"), translatable("Regular"), translatable("Ordinary")),
    "intent": (translatable("High"), translatable("Medium"), translatable("Low")),
}


def level_names(ready: str, levels: tuple[str, ...]) -> tuple[str, ...]:
    """Names for the levels of a ready policy in the current language."""
    names = _LEVEL_NAMES.get(ready)
    return tuple(_(name) for name in names) if names is not None and len(names) == len(levels) else levels


def policy_name(policy: TierPolicy) -> str:
    """What a policy is called: the user's own name, else that of the ready policy it began as."""
    return policy.name or _(READY_NAMES[policy.ready]) if policy.ready in READY_NAMES else policy.name


def indicator_name(code: str) -> str:
    """The name of an indicator; the code itself where it has none."""
    text = INDICATOR_NAMES.get(code)
    return _(text) if text is not None else code


def exclusion_name(code: str) -> str:
    """The name of an exclusion; the code itself where it has none."""
    text = EXCLUSION_NAMES.get(code)
    return _(text) if text is not None else code
