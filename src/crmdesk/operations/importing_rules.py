"""Words on single columns, as the command line takes them: "Tel=phone", "C=notes", "累计金额:unit=10000"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from crmdesk.domain.booleans import read_boolean
from crmdesk.domain.existing import EXISTING, Existing, MatchKey, keys_for, way_of
from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Refused
from crmdesk.domain.sheet_profile import Option, header_key
from crmdesk.excel.split import BLANK, SEPARATORS, SPLIT, separators_in
from crmdesk.excel.split_columns import split_columns, whole_column
from crmdesk.operations.importing_policy import with_key, with_way

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.excel.column import Column
    from crmdesk.excel.draft import SheetDraft
    from crmdesk.operations.importing_preview import Preview

__all__ = [  # the rule of the split is also for those above, who may not look into excel
    "BLANK",
    "ColumnRule",
    "apply_rules",
    "raw_texts",
    "read_rule",
    "separators_in",
    "split_columns",
    "whole_column",
]
_ASK: Final = "ask"
_SPACE: Final = "space"  # what a blank is called where a rule is typed
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


def apply_rules(preview: Preview, rules: Sequence[str], today: date, key: str = "") -> None:
    """Have the sheets of a preview read by these rules, and their customers known by this key ("" for as before).

    Raises Refused for a column that no sheet has, and for a key that no sheet has the columns for.
    """
    from crmdesk.excel.columns import read_again

    told = [read_rule(text) for text in rules]
    met: set[ColumnRule] = set()
    keyed = not key
    for reading in preview.readings if told or key else ():
        for draft in reading.sheets:
            columns = list(draft.columns)
            for rule in told:
                for place in reversed(_places(rule, columns)):  # from the right: a split moves those behind it
                    met.add(rule)
                    columns[place : place + 1] = _ruled(draft, columns[place], rule, today)
            if key in keys_for(column.field for column in columns):
                columns, keyed = with_key(columns, MatchKey(key)), True
            if columns != list(draft.columns):
                reading.reread(draft.index, [read_again(column, today) for column in columns])
    if not keyed:
        raise Refused("key_no_column", key=key)
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


def _ruled(draft: SheetDraft, column: Column, rule: ColumnRule, today: date) -> list[Column]:
    """The column as a rule says; two of them where it is split."""
    if rule.option == SPLIT:
        return split_columns([column], 0, str(rule.value), raw_texts(draft, column), today)
    return [_told(column, rule)]


def raw_texts(draft: SheetDraft, column: Column) -> list[str]:
    """The cells of a column as they stand in the rows that a draft shows."""
    places = [place for place, one in enumerate(draft.columns) if one.index == column.index]
    found = [sample.raw[place] for sample in draft.samples for place in places[:1] if place < len(sample.raw)]
    return [text for text in (*found, *(raw for raw, _read in column.examples)) if text]


def _told(column: Column, rule: ColumnRule) -> Column:
    options = {name: value for name, value in column.options.items() if name != rule.option}
    if not rule.option:
        return replace(column, field=Field(str(rule.value)), confidence=1.0)
    if rule.option == EXISTING:
        ruled = with_way(column, Existing(str(rule.value)))
        if way_of(ruled) != rule.value:
            raise Refused("existing_not_here", column=column.header or column.letter, way=str(rule.value))
        return ruled
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
    EXISTING: _one_of(*Existing),
    SPLIT: lambda text: BLANK if text == _SPACE else text if text in SEPARATORS else None,
}
