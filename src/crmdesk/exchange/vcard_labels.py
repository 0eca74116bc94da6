"""What phones and places on a card are called: the types of vCard and the labels of phones' own making."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Collection
from typing import Final

from crmdesk.i18n import _, translatable

# By rank: a work mobile is a mobile of the office, a home fax is a fax.
_PHONES: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"work", "cell"}), translatable("Work mobile")),
    (frozenset({"cell"}), translatable("Mobile")),
    (frozenset({"iphone"}), translatable("Mobile")),
    (frozenset({"pager"}), translatable("Pager")),
    (frozenset({"main"}), translatable("Switchboard")),
    (frozenset({"car"}), translatable("Car phone")),
    (frozenset({"work"}), translatable("Work phone")),
    (frozenset({"home"}), translatable("Home phone")),
    (frozenset({"other"}), translatable("Other phone")),
)
_PLAIN: Final = translatable("Phone")
# Labels that iPhones write between signs of their own, _$!<Mother>!$_.
_APPLE: Final = re.compile(r"_\$!<(.*)>!\$_")
_APPLE_WORDS: Final = {
    "assistant": translatable("Assistant's phone"),
    "assistantphone": translatable("Assistant's phone"),
    "mobile": translatable("Mobile"),
    "main": translatable("Switchboard"),
    "work": translatable("Work phone"),
    "home": translatable("Home phone"),
    "other": translatable("Other phone"),
    "homepage": translatable("Website"),
    "anniversary": translatable("Anniversary"),
    "spouse": translatable("Spouse"),
}
_CUSTOM: Final = re.compile(r"x-custom\((?:charset=([\w-]+),)?encoding=quoted-printable,(.*)\)", re.I)
_FAX: Final = "fax"


def phone_label(types: Collection[str], own: str = "") -> str:
    """What a number is called, "fax" for a fax; `own` is the label that the card gives it in words."""
    low = {kind.lower() for kind in types}
    if _FAX in low:
        return _FAX
    if own:
        return own_label(own)
    custom = next((kind[2:] for kind in types if kind.lower().startswith("x-")), "")
    if custom:
        return own_label(_custom(f"x-{custom}"))
    return _(next((text for wanted, text in _PHONES if wanted <= low), _PLAIN))


def unlabelled() -> tuple[str, str]:
    """What a number is called that needs no label: the phone, the mobile."""
    return _(_PLAIN), _("Mobile")


def own_label(text: str) -> str:
    """A label in words, without the signs of an iPhone around it."""
    match = _APPLE.fullmatch(text.strip())
    if not match:
        return text.strip()
    known = _APPLE_WORDS.get(match[1].lower())
    return _(known) if known else match[1]


def _custom(kind: str) -> str:
    """The label inside X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=BA=97), or behind X-."""
    match = _CUSTOM.fullmatch(kind)
    if match is None:
        return kind[2:]
    try:
        return binascii.a2b_qp(match[2]).decode(match[1] or "utf-8")
    except (UnicodeDecodeError, LookupError):
        return _(_PLAIN)


def types_of(label: str) -> tuple[str, ...]:
    """The types under which a number of this label stands on a card that is written."""
    for words, types in _TYPES:
        if words(label):
            return types
    return ("VOICE",)


def _says(pattern: str) -> Callable[[str], bool]:
    found = re.compile(pattern, re.I)
    return lambda label: bool(found.search(label))


_TYPES: Final[tuple[tuple[Callable[[str], bool], tuple[str, ...]], ...]] = (
    (_says(r"(公司|办公|单位|工作).*(手机)|work mobile"), ("WORK", "CELL")),
    (_says(r"手机|移动|mobile|cell"), ("CELL", "VOICE")),
    (_says(r"寻呼|pager"), ("PAGER",)),
    (_says(r"总机|switchboard|main"), ("MAIN",)),
    (_says(r"车载|car phone"), ("CAR",)),
    (_says(r"公司|办公|单位|工作|门店|店铺|work|office|business"), ("WORK", "VOICE")),
    (_says(r"住宅|家|宅电|home"), ("HOME", "VOICE")),
)
