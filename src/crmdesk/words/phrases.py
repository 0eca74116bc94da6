"""From a code and its values to the sentence: the one place where phrases get their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from crmdesk.domain.phrase import Phrase, Value
from crmdesk.i18n import _
from crmdesk.words.care_sentences import CARE
from crmdesk.words.duplicates import DUPLICATES
from crmdesk.words.existing import EXISTING
from crmdesk.words.forecast import FORECAST
from crmdesk.words.formats import EMPTY, day, money, percent
from crmdesk.words.issues import ISSUES
from crmdesk.words.labels import field_label, label
from crmdesk.words.look_alike import LOOK_ALIKE, trait_label
from crmdesk.words.passports import PASSPORTS
from crmdesk.words.policies import POLICIES
from crmdesk.words.proof import PROOFS
from crmdesk.words.reasons import REASONS
from crmdesk.words.refusals import REFUSALS
from crmdesk.words.round_trip import ROUND_TRIP
from crmdesk.words.sheet_templates import SHEET_TEMPLATES
from crmdesk.words.steps import STEPS
from crmdesk.words.system_reasons import reason as system_reason

TABLES: Final = (
    POLICIES,
    PASSPORTS,
    REASONS,
    REFUSALS,
    STEPS,
    ISSUES,
    ROUND_TRIP,
    DUPLICATES,
    SHEET_TEMPLATES,
    EXISTING,
    FORECAST,
    LOOK_ALIKE,
    PROOFS,
    CARE,
)


ONE_THING: Final = re.compile(
    r"(?<![\d.,])1 (day|time|order|customer|purchase|row|place|sheet|cell|number|column|contact|year)s\b"
)


def _money(value: Value) -> str:
    return money(int(value)) if value is not None else EMPTY


def _share(value: Value) -> str:
    return percent(float(value)) if value is not None else EMPTY


def _labelled(group: str) -> Callable[[Value], str]:
    return lambda value: label(group, None if value is None else str(value))


# By the ending of a value's name, or the whole name without the underscore.
FORMATS: Final[dict[str, Callable[[Value], str]]] = {
    "money": _money,
    "share": _share,
    "on": lambda value: day(None if value is None else str(value)),
    "tier": _labelled("tier"),
    "stage": _labelled("stage"),
    "intent": _labelled("intent"),
    "outcome": _labelled("outcome"),
    "interaction": _labelled("interaction"),
    "confidence": _labelled("confidence"),
    "field": lambda value: field_label(str(value)),
    "why": lambda value: system_reason(str(value or "")),
    "trait": lambda value: trait_label(str(value)),
}


def shown(name: str, value: Value) -> str:
    """A value of a phrase as its name's ending asks; an unknown one as "—"."""
    form = FORMATS.get(name.rpartition("_")[2])
    if form is not None:
        return form(value)
    return EMPTY if value is None else str(value)


def template(code: str) -> str:
    """The sentence of a code with its placeholders, in English. Raises KeyError for a code that no table holds."""
    for table in TABLES:
        if code in table:
            return table[code]
    raise KeyError(code)


def say(phrase: Phrase) -> str:
    """The sentence of a phrase in the current language. Raises KeyError for an unknown code or a missing value."""
    values = {name: shown(name, value) for name, value in phrase.values.items()}
    return one_thing(_(template(phrase.code)).format_map(values))


def one_thing(sentence: str) -> str:
    """English templates are written in the plural; here "1 days" becomes "1 day". Chinese has nothing to change."""
    return ONE_THING.sub(r"1 \1", sentence)


def say_done(phrase: Phrase) -> str:
    """A step's name as the toast tells it once it happened: "已删除 王姐超市"."""
    return _("Done: {step}").format(step=say(phrase))
