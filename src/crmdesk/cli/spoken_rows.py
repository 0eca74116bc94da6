"""A record as one line for people: codes in words, what is true or not as what it means. `--json` has the codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from crmdesk.cli.as_json import Json
from crmdesk.i18n import _, translatable
from crmdesk.words.labels import label

# The groups in which the code of a field is named; a kind is one of customers or one of contacts with them.
_GROUPS: Final = {
    "stage": ("stage",),
    "intent": ("intent",),
    "birthday_calendar": ("calendar",),
    "kind": ("kind", "interaction"),
}
_TRUTHS: Final = {  # what is said where a field is true, and where it is false
    "promise": (translatable("promised"), ""),
    "done": (translatable("done"), ""),
    "counts": ("", translatable("does not count")),
}


def spoken_row(row: Json) -> str:
    """The values of a record, parted by tabs."""
    return "\t".join(_spoken(key, value) for key, value in row.items())


def _spoken(key: str, value: Any) -> str:  # noqa: ANN401 -- any JSON value
    if isinstance(value, bool):
        text = _TRUTHS.get(key, (translatable("yes"), ""))[0 if value else 1]
        return _(text) if text else ""
    if isinstance(value, list):
        return "、".join(_spoken(key, item) for item in value)
    if isinstance(value, Mapping):
        return _line(value) if "product" in value else " ".join(_named(name, one) for name, one in value.items() if one)
    if value is None:
        return ""
    named = next((text for group in _GROUPS.get(key, ()) if (text := label(group, str(value))) != value), str(value))
    return named.replace("\n", " ").replace("\t", " ")


def _named(name: str, value: Any) -> str:  # noqa: ANN401 -- any JSON value
    """A column of the user's own with its header; of a contact only what stands there."""
    own = name not in ("name", "title", "phones", "wechat", "email")
    return f"{name}={_spoken(name, value)}" if own else _spoken(name, value)


def _line(line: Mapping[str, Any]) -> str:
    times = f" × {line['quantity']}" if line.get("quantity") else ""
    amount = f" ¥{line['amount']}" if line.get("amount") else ""
    return f"{line['product'] or ''}{times}{amount}"
