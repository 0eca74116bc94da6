"""A column whose cells hold two things (张三/13800138000): each piece is read as a column of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, Final

from crmdesk.domain.reading import Read
from crmdesk.domain.text import plain
from crmdesk.excel.column import Column

SPLIT: Final = "split"
PIECE: Final = "piece"
# Each with what stands for it elsewhere; blank is one or more of any kind, also a new line.
_SIGNS: Final = {
    "/": "/／",
    "-": "-－—–",
    ",": ",，",
    ";": ";；",
    ":": ":：",
    "|": "|｜",
    "、": "、",
    "(": "(（",
}
_CLOSING: Final = " \t)）"
BLANK: Final = " "
SEPARATORS: Final = (*_SIGNS, BLANK)
_OFTEN: Final = 0.5  # of the filled cells must hold a separator before it is offered
FIRST, SECOND = 1, 2


def separators_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The separators that at least half of these cells hold between two pieces."""
    filled = [text for text in texts if text.strip()]
    return tuple(
        sign
        for sign in SEPARATORS
        if filled and sum(bool(pieces(one, sign)[1]) for one in filled) >= _OFTEN * len(filled)
    )


def pieces(text: str, sign: str) -> tuple[str, str]:
    """A text before and after the first of a separator; all of it and "" where there is none."""
    if sign == BLANK:
        parts = re.split(r"\s+", text.strip(), maxsplit=1)
    else:
        parts = re.split(f"[{re.escape(_SIGNS.get(sign, sign))}]", text, maxsplit=1)
    second = parts[1].strip(_CLOSING) if len(parts) > 1 else ""
    return parts[0].strip(), second


def piece_reader(
    column: Column, reader_of: Callable[[Column], Callable[[object], Read[Any]]]
) -> Callable[[object], Read[Any]]:
    """The reader of one piece of a column's cells, by the reader of whole cells."""
    sign, place = str(column.options[SPLIT]), int(column.options[PIECE])
    options = {name: value for name, value in column.options.items() if name not in (SPLIT, PIECE)}
    read = reader_of(replace(column, options=options))

    def read_piece(value: object) -> Read[Any]:
        first, second = pieces(value if isinstance(value, str) else plain(value), sign)
        if place == FIRST:
            # A cell that holds one thing only is that thing as it stands: a number stays a number.
            return read(first) if second else read(value)
        return read(second) if second else Read(None)

    return read_piece


def second_header(header: str) -> str:
    """What the second piece of a column is called."""
    return f"{header} (2)"
