"""The customer list in words: its filters, what stands instead of an empty list, and cells that are no plain number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crmdesk.domain.query import CHOICES, QUESTIONS, CustomerQuery
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label

FILTER_NAMES: Final[dict[str, str]] = {
    "intents": translatable("Intent"),
    "quiet": translatable("Gone quiet"),
    "no_contact": translatable("Never contacted"),
    "neglected": translatable("Not looked after for long"),
    "rising": translatable("Rising"),
    "key_accounts": translatable("Key accounts ★"),
    "unprofitable": translatable("Buys much, leaves little"),
    "expected": translatable("Expected"),
    "staying": translatable("Comes again"),
    "confidences": translatable("Confidence"),
    "blocked": translatable("No key account for now"),
    "sources": translatable("Source"),
    "tags": translatable("Tags"),
}
# The group of labels that a filter's codes have their names in.
KINDS: Final[dict[str, str]] = {
    "expected": "expected",
    "staying": "staying",
    "confidences": "confidence",
    "blocked": "blocked",
    "sources": "source",
    "tags": "tag",
}
NOBODY: Final[dict[str, str]] = {
    "quiet": translatable("Nobody has gone quiet"),
    "no_contact": translatable("Everybody was contacted at least once"),
    "neglected": translatable("Nobody waits longer than planned"),
    "rising": translatable("Nobody grows unnoticed just now"),
    "key_accounts": translatable("Nobody is a key account yet"),
    "unprofitable": translatable("Nobody who buys much leaves too little"),
    "expected": translatable("No order is likely in this time"),
    "staying": translatable("Nobody stands like this just now"),
    "blocked": translatable("This keeps nobody from being a key account"),
}


def filter_name(field: str) -> str:
    """What a filter behind ＋筛选 is called: a question, or the heading over its choices."""
    return _(FILTER_NAMES[field])


def choice_name(field: str, value: str) -> str:
    """One choice of a filter behind ＋筛选."""
    if field == "blocked":
        from crmdesk.words.policies import exclusion_name

        return exclusion_name(value)
    if field == "sources" and not value:
        return _("No source noted")
    return label(KINDS[field], value)


def some_of(names: Sequence[str]) -> str:
    """The first two of what is chosen, as a chip has room for them."""
    return _(", ").join(names[:2]) + ("…" if len(names) > 2 else "")


def set_filters(query: CustomerQuery) -> list[tuple[str, str]]:
    """The filters behind ＋筛选 that are set: each with what it lets through, as a chip says it."""
    told = []
    for field in query.narrowed_by:
        if field in QUESTIONS:
            told.append((field, filter_name(field)))
        elif field in CHOICES:
            chosen = getattr(query, field)
            told.append((field, f"{filter_name(field)}: {some_of([choice_name(field, one) for one in chosen])}"))
    return told


def nobody_sentence(query: CustomerQuery) -> str:
    """What stands instead of a list that nobody is let through to."""
    text = query.search.strip()
    if text:
        return _('Nothing found for "{text}"').format(text=text)
    narrowed = query.narrowed_by
    if len(narrowed) == 1 and query.ids is None and narrowed[0] in NOBODY:
        return _(NOBODY[narrowed[0]])
    return _("Nobody fits these filters")
