"""Words on single columns, as the command line takes them: "Tel=phone", "C=notes", "累计金额:unit=10000"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crmdesk.domain.booleans import read_boolean
from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Refused
from crmdesk.domain.sheet_profile import Option, header_key

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.excel.column import Column
    from crmdesk.operations.importing_preview import Preview

_ASK: Final = "ask"
_SHOWN: Final = 12  # headers named in a refusal


@dataclass(frozen=True)
class ColumnRule:
    """One rule: the column by header or letter, the option it sets ("" for the field itself), and its value."""

    column: str
    option: str
    value: Option


def read_rule(text: str) -> ColumnRule:
    """The rule that a text says. Raises Refused: rule_unreadable, rule_no_field, rule_no_option."""
    left, equals, right = text.rpartition("=")
    left, right = left.strip(), right.strip()
    if not (equals and left and right):
        raise Refused("rule_unreadable", rule=text)
    column, colon, option = left.rpartition(":")
    if colon and option.strip() in _OPTIONS and column.strip():
        value = _OPTIONS[option.strip()](right)
        if value is None:
            raise Refused("rule_no_option", rule=text, option=option.strip())
        return ColumnRule(column.strip(), option.strip(), value)
    return ColumnRule(left, "", str(_field(right).value))


def apply_rules(preview: Preview, rules: Sequence[str], today: date) -> None:
    """Have the sheets of a preview read by these rules. Raises Refused for a column that no sheet has."""
    from crmdesk.excel.columns import read_again

    told = [read_rule(text) for text in rules]
    met: set[ColumnRule] = set()
    for reading in preview.readings if told else ():
        for draft in reading.sheets:
            columns = list(draft.columns)
            for rule in told:
                for place in _places(rule, columns):
                    met.add(rule)
                    columns[place] = _ruled(columns[place], rule)
            if columns != list(draft.columns):
                reading.reread(draft.index, [read_again(column, today) for column in columns])
    missing = next((rule for rule in told if rule not in met), None)
    if missing is not None:
        headers = (
            column.header for reading in preview.readings for draft in reading.sheets for column in draft.columns
        )
        known = list(dict.fromkeys(header for header in headers if header))
        raise Refused("rule_no_column", column=missing.column, columns=", ".join(known[:_SHOWN]))


def _places(rule: ColumnRule, columns: Sequence[Column]) -> list[int]:
    """The columns that a rule means: those of the header, else the one of the letter."""
    wanted = header_key(rule.column)
    named = [place for place, column in enumerate(columns) if header_key(column.header) == wanted]
    return named or [place for place, column in enumerate(columns) if column.letter == rule.column.upper()]


def _ruled(column: Column, rule: ColumnRule) -> Column:
    options = {name: value for name, value in column.options.items() if name != rule.option}
    if not rule.option:
        return replace(column, field=Field(str(rule.value)), confidence=1.0)
    if options.get(_ASK) == rule.option:
        del options[_ASK]
    if (rule.option, rule.value) not in (("unit", 1), ("calendar", "solar")):
        options[rule.option] = rule.value
    return replace(column, options=options, confidence=1.0)


def _field(text: str) -> Field:
    """A field by its code or by its name in the language spoken."""
    from crmdesk.words.labels import field_label

    for field in Field:
        if text.casefold() in (field.value, field_label(field.value).casefold()):
            return field
    raise Refused("rule_no_field", field=text, fields=", ".join(field.value for field in Field))


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) > 0 else None


def _yes(text: str) -> bool | None:
    return read_boolean(text).value


def _one_of(*allowed: str) -> Callable[[str], Option | None]:
    return lambda text: text if text in allowed else None


_OPTIONS: Final[dict[str, Callable[[str], Option | None]]] = {
    "unit": _whole,
    "year": _whole,
    "stars": _whole,
    "day_first": _yes,
    "year_first": _yes,
    "discount": _one_of("amount", "pay_share", "rate_off"),
    "calendar": _one_of("solar", "lunar"),
    "decimal": _one_of(",", "."),
    "best": _one_of("low", "high"),
}
