"""Cells that hold a whole customer each: 3、王芳 13900000001 要两箱, as lists from a chat and parcel labels do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from crmdesk.domain.names import is_organisation, salutation_of
from crmdesk.domain.pasted import looks_pasted, read_pasted
from crmdesk.domain.phone import read_phones
from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain, says_nothing
from crmdesk.excel.reference_data import region_table, surnames

MIXED: Final = "mixed"
"""The option of a name's column whose cells tell more than a name."""
_OFTEN: Final = 0.5  # of the cells hold a number among words
_COUNTED: Final = re.compile(r"\s*[(（]?\d{1,4}\s*[、.．)）:：]\s*(?!\d)")
_PIECE: Final = re.compile(r"[\s,，;；、|/]+")
_LONGEST_NAME: Final = 12
_LIKE_A_NUMBER: Final = re.compile(r"\d(?:[-\s]?\d){6,}")
_HAS_DIGITS: Final = re.compile(r"\d{3}")


def holds_customers(texts: Sequence[str]) -> bool:
    """Whether the cells of a column tell a customer each: most hold a number among words."""
    return len(texts) > 1 and sum(map(looks_pasted, texts)) >= _OFTEN * len(texts)


def read_mixed(value: object) -> Read[Any]:
    """(name, salutation, notes, points, region, address); a name that only its place tells is flagged."""
    text = _COUNTED.sub("", half_width(plain(value)), count=1)
    if says_nothing(text):
        return Read(None)
    got = read_pasted(text, surnames=surnames(), places=region_table())
    points = [(point.kind, point.value, point.label) for point in got.points]
    name, notes, code = got.company or got.name, got.notes, ""
    if not name:
        name, notes = _led(notes, text)
        code = "name_first_word" if name else "name_unreadable"
    words = []
    for word in notes.split():  # ids of WeChat bear no label in such lists
        read = read_phones(word)
        ids = [point for point in read.value or () if point[0] == "wechat"]
        points += ids
        words += [] if ids else [word]
    if got.company and got.name:
        words.insert(0, got.name)
    if got.title:
        words.append(got.title)
    left = " ".join(words)
    value_read = (name, salutation_of(name), left, tuple(points), (got.province, got.city, got.district), got.address)
    if not code and (unread := _LIKE_A_NUMBER.search(left)):
        return Read(value_read, "phone_part_unread", {"part": unread[0]})
    return Read(value_read, code)


def _led(notes: str, text: str) -> tuple[str, str]:
    """The word of a line that may be its name, and the notes without it; "" where none may.

    A person's or how one greets goes first (幸福里3栋 王阿姨), then the word that the line begins with.
    """
    pieces = [piece for piece in _PIECE.split(text) if not _HAS_DIGITS.match(piece)]
    words = [word for piece in pieces if (word := _word_of(piece)) and len(word) <= _LONGEST_NAME]
    people = [word for word in words if word in pieces and surnames().is_person(word)]
    name = next(iter([*filter(salutation_of, words), *people, *words]), "")
    if not name:
        return "", notes
    return name, notes.replace(name, "", 1).strip(" ,，;；、\n")


def _word_of(piece: str) -> str:
    """What a piece of a line may be called by: 幸福里 of 幸福里3栋, but B68便利店 is its whole name."""
    word = re.split(r"[(（\d]", piece)[0]
    whole = not _HAS_DIGITS.search(piece) and (is_organisation(piece) or word.isascii())
    return piece if whole else word


def put_mixed(values: dict[str, Any], value: tuple[Any, ...]) -> None:
    """Put what a cell tells into the row; what columns of their own tell stands."""
    name, salutation, notes, points, region, address = value
    for key, told in (("name", name), ("salutation", salutation), ("address", address)):
        if told:
            values.setdefault(key, told)
    if any(region):
        values.setdefault("region", region)
    if points:
        known = values.setdefault("points", [])
        known.extend(point for point in points if point[:2] not in [other[:2] for other in known])
    if notes:
        values["notes"] = f"{values['notes']}\n{notes}" if values.get("notes") else notes
