"""Cells that this program wrote itself, as cards of its own: taken letter by letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from crmdesk.domain.fields import Field
from crmdesk.domain.names import salutation_of
from crmdesk.domain.reading import Read
from crmdesk.domain.region import NO_REGION

_POINTS: Final = {
    Field.PHONE: "phone",
    Field.CONTACT_PHONE: "phone",
    Field.FAX: "fax",
    Field.EMAIL: "email",
    Field.WECHAT: "wechat",
    Field.QQ: "qq",
}
_TEXTS: Final = frozenset({Field.CODE, Field.SHORT_NAME, Field.CONTACT_TITLE})


def exact_reader(field: Field) -> Callable[[object], Read[Any]] | None:
    """A reader that changes nothing; None where the field's own reader does not either."""
    kind = _POINTS.get(field)
    if kind:
        return lambda value: Read([_point(kind, line) for line in str(value).split("\n")])
    if field is Field.NAME:
        return lambda value: Read((str(value), salutation_of(str(value)), (), "", ""))
    if field is Field.CONTACT_NAME:
        return lambda value: Read([(str(value), salutation_of(str(value)), "", "")])
    if field is Field.ADDRESS:
        return lambda value: Read((str(value), NO_REGION))
    return (lambda value: Read(str(value))) if field in _TEXTS else None


def _point(kind: str, line: str) -> tuple[str, str, str]:
    """A way to be reached, its label behind a tab."""
    value, _tab, label = line.partition("\t")
    return kind, value, label
