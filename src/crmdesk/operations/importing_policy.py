"""Saying of a sheet's columns what becomes of values that are there, and by what the sheet knows its customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crmdesk.domain.existing import EXISTING, KEY, Existing, MatchKey, key_column, usual_way, ways

if TYPE_CHECKING:
    from crmdesk.excel.column import Column


def with_way(column: Column, way: Existing) -> Column:
    """The column with this word on values that are there; unchanged where its field offers no such way."""
    if way not in ways(column.field):
        return column
    options = {name: value for name, value in column.options.items() if name != EXISTING}
    if way is not usual_way(column):  # the usual one is not kept, so that a sheet without any word stays as it was
        options[EXISTING] = str(way)
    return replace(column, options=options)


def with_key(columns: Sequence[Column], key: MatchKey) -> list[Column]:
    """The columns of a sheet whose customers are known by this key."""
    at = key_column(key, (column.field for column in columns))
    told = []
    for place, column in enumerate(columns):
        options = {name: value for name, value in column.options.items() if name != KEY}
        if place == at:
            options[KEY] = str(key)
        told.append(replace(column, options=options) if options != dict(column.options) else column)
    return told
