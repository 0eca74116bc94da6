"""vCard files of every version and make, taken apart: cards, their lines, and the text behind the encodings.

Tolerant where real programs stray: lines folded in the midst of a character, quoted-printable that goes on in the next
line, base64 without an indent, blank lines between folded ones, charsets that are not named, cards that never end.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from crmdesk.domain.photo import LARGEST

LONGEST: Final = 32_767  # what a text of ours can hold
_WIDE: Final = ("utf-16", "utf-32")
_BINARY: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_ENCODINGS: Final = frozenset({"quoted-printable", "base64", "b", "8bit", "7bit"})
_HEAD: Final = re.compile(rb"[A-Za-z0-9.\-_]+[;:]")
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/=]+")
_BREAK: Final = re.compile(rb"\r*\n|\r")
_BEGINS: Final = re.compile(
    rb"(?:\w+\.)?(?:BEGIN|END|N|FN|ORG|TEL|EMAIL|ADR|TITLE|NOTE|URL|BDAY|PHOTO|REV|UID|X-[A-Z-]+)[;:]"
)
_LARGEST_PHOTO: Final = 2 * LARGEST  # as base64; what it decodes to is measured by whoever takes it
_PARAMETER: Final = re.compile(rb';((?:[^;:"]|"[^"]*")*)')


@dataclass(frozen=True)
class Property:
    """One line of a card: `types` in lower case, `value` decoded but still with its escapes.

    Of a photo `content` is the picture, and `value` is "", as it is for whatever else is binary.
    """

    name: str
    value: str
    types: frozenset[str] = frozenset()
    parameters: dict[str, str] = field(default_factory=dict)
    group: str = ""
    content: bytes = b""


@dataclass
class Card:
    """The lines of a card, in its order; `whole` is False where the file ends before the card does."""

    properties: list[Property] = field(default_factory=list)
    whole: bool = False


def read_cards(content: bytes, encoding: str) -> Iterator[Card]:
    """The cards of a file; `encoding` holds where a line does not name its own."""
    if encoding.startswith(_WIDE):
        content, encoding = content.decode(encoding, "replace").encode(), "utf-8"
    card: Card | None = None
    depth = 0
    for line in _unfolded(content.removeprefix(b"\xef\xbb\xbf")):
        bare = line.strip().upper().replace(b" ", b"")
        if bare == b"BEGIN:VCARD":
            depth += 1
            card = card or Card()
        elif bare == b"END:VCARD":
            depth -= 1
            if card is not None and depth <= 0:
                card.whole, depth = True, 0
                yield card
                card = None
        elif card is not None and depth == 1 and (found := _property(line, encoding)):  # deeper: a card in a card
            card.properties.append(found)
    if card is not None and card.properties:
        yield card


def _unfolded(content: bytes) -> Iterator[bytes]:
    """The lines as they were before they were folded."""
    parts: list[bytes] = []
    soft = binary = False
    for raw in _BREAK.split(content):
        if not raw.strip():
            soft = False  # a soft break before nothing was none
            continue
        if parts and (_goes_on(raw, soft, binary) or (binary and _BASE64.fullmatch(raw.strip()))):
            piece = raw.strip() if binary else raw[1:] if raw[:1] in (b" ", b"\t") and not soft else raw
            parts.append(piece)
        else:
            if parts:
                yield b"".join(parts)
            parts = [raw]
            head = raw.partition(b":")[0].upper()
            binary = b"BASE64" in head or b"ENCODING=B" in head
            quoted = b"QUOTED-PRINTABLE" in head
        soft = quoted and parts[-1].endswith(b"=")
        if soft:
            parts[-1] = parts[-1][:-1]
    if parts:
        yield b"".join(parts)


def _goes_on(raw: bytes, soft: bool, binary: bool) -> bool:
    """Whether a line belongs to the one before it; a soft break that a new property follows was a mistake."""
    if soft and not binary:
        return not _BEGINS.match(raw)
    return raw[:1] in (b" ", b"\t")


def _property(line: bytes, encoding: str) -> Property | None:
    match = _HEAD.match(line)
    if match is None:
        return None
    name, at = line[: match.end() - 1], match.end() - 1
    types: set[str] = set()
    parameters: dict[str, str] = {}
    while line[at : at + 1] == b";" and (found := _PARAMETER.match(line, at)):
        _take_parameter(found[1].decode("utf-8", "replace").replace('"', ""), types, parameters)
        at = found.end()
    if line[at : at + 1] != b":":
        return None
    group, _, own = name.decode("ascii").upper().rpartition(".")
    how = parameters.get("encoding", "").lower()
    if own in _BINARY or how in ("b", "base64"):
        content = _picture(line[at + 1 :]) if own == "PHOTO" else b""
        return Property(own, "", frozenset(types), parameters, group, content)
    value = line[at + 1 : at + 1 + 6 * LONGEST]
    if how == "quoted-printable":
        value = binascii.a2b_qp(value)
    text = _decoded(value, parameters.get("charset", ""), encoding)[:LONGEST]
    return Property(own, text.strip(), frozenset(types), parameters, group)


def _picture(value: bytes) -> bytes:
    """The picture of base64, of versions 2.1 and 3.0 or as a data: address of 4.0; b"" for an address elsewhere."""
    if value[:5].lower() == b"data:":
        value = value.partition(b",")[2]
    if len(value) > _LARGEST_PHOTO or not _BASE64.fullmatch(value.strip()[:64]):
        return b""
    try:
        return binascii.a2b_base64(value)
    except binascii.Error:
        return b""


def _take_parameter(text: str, types: set[str], parameters: dict[str, str]) -> None:
    """TYPE=HOME,CELL of 3.0, or HOME alone of 2.1."""
    key, given, value = text.partition("=")
    key = key.strip().lower()
    if text.lower().startswith("x-custom("):
        types.add(text.strip())
    elif not given and key in _ENCODINGS:
        parameters["encoding"] = key
    elif not given:
        types.add(text.strip() if key.startswith("x-") else key)
    elif key == "type":
        types.update(
            part.strip() if part.lower().startswith("x-") else part.strip().lower() for part in value.split(",")
        )
    else:
        parameters.setdefault(key, value.strip())


def _decoded(value: bytes, charset: str, encoding: str) -> str:
    """The text in the charset that the line names, else in that of the file, else in the one that fits."""
    if value.isascii():
        return value.decode("ascii")
    for wanted in (charset, "utf-8"):
        try:
            return value.decode("gb18030" if wanted.lower() in ("gb2312", "gbk", "x-gbk") else wanted or "utf-8")
        except (UnicodeDecodeError, LookupError):
            continue
    if _is_chinese(value):
        return value.decode("gb18030", "replace")
    own = encoding if encoding.lower() not in ("utf-8", "utf-8-sig", "ascii", "gb18030") else "cp1252"
    return value.decode(own, "replace")


def _is_chinese(value: bytes) -> bool:
    """Whether these bytes are Chinese as GB2312 has it: pairs of high bytes, most of them common characters."""
    try:
        characters = [sign.encode("gb18030") for sign in value.decode("gb18030") if sign > "\x7f"]
    except UnicodeDecodeError:
        return False
    common = sum(
        len(pair) == 2 and pair[1] >= 0xA1 and (0xB0 <= pair[0] <= 0xD7 or pair[0] <= 0xA3) for pair in characters
    )
    return common * 2 > len(characters)


def parts_of(value: str, mark: str = ";") -> list[str]:
    r"""A value cut at unescaped marks, each part without its escapes (\n \, \; \\ and whatever else is escaped)."""
    parts, piece, signs = [], [], iter(value)
    for sign in signs:
        if sign == "\\":
            after = next(signs, "")
            piece.append("\n" if after in ("n", "N") else after)
        elif sign == mark:
            parts.append("".join(piece).strip())
            piece = []
        else:
            piece.append(sign)
    return [*parts, "".join(piece).strip()]


def text_of(value: str) -> str:
    """A value that is one text, without its escapes."""
    return parts_of(value, "\0")[0]
