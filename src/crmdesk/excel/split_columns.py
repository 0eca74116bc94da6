"""One column made two, and made one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from crmdesk.domain.fields import Field
from crmdesk.excel.column import Column
from crmdesk.excel.columns import understand_columns
from crmdesk.excel.split import FIRST, PIECE, SECOND, SPLIT, pieces, second_header


def split_columns(columns: Sequence[Column], place: int, sign: str, texts: Sequence[str], today: date) -> list[Column]:
    """The columns with the one at `place` read as two; what the second holds is guessed from the cells `texts`."""
    column = columns[place]
    seconds = [second for text in texts if (second := pieces(text, sign)[1])]
    guess = understand_columns([""], [[second] for second in seconds], today=today)[0]
    options = {name: value for name, value in guess.options.items() if name != "ask"}
    field = guess.field if guess.field is not column.field else Field.EXTRA
    halves = [
        replace(column, options={**column.options, SPLIT: sign, PIECE: FIRST}, confidence=1.0),
        replace(
            column,
            header=second_header(column.header or column.letter),
            field=field,
            options={**options, SPLIT: sign, PIECE: SECOND},
            confidence=guess.confidence,
        ),
    ]
    return [*columns[:place], *halves, *columns[place + 1 :]]


def whole_column(columns: Sequence[Column], place: int) -> list[Column]:
    """The columns with the one at `place`, either piece of it, read as a whole again."""
    index = columns[place].index
    kept = [column for column in columns if column.index != index or column.options.get(PIECE) != SECOND]
    return [
        replace(column, options={name: value for name, value in column.options.items() if name not in (SPLIT, PIECE)})
        if column.index == index
        else column
        for column in kept
    ]
