"""Tables of customers by two things at once: their tier then and now, their potential and their tier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

POTENTIALS: Final = ("high", "medium", "low")
POTENTIAL_FROM: Final = 10  # customers whose potential is noted


@dataclass(frozen=True)
class Table:
    """Customers by row and column; only cells that hold somebody are kept."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    who: dict[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)

    def count(self, row: str, column: str) -> int:
        """How many stand in a cell."""
        return len(self.who.get((row, column), ()))

    def ids(self, key: str) -> tuple[int, ...]:
        """The customers of "row,column"."""
        row, _comma, column = key.partition(",")
        return self.who.get((row, column), ())


@dataclass(frozen=True)
class TierMoves(Table):
    """Tiers on a day (rows) and now (columns), the best first; "" is none.

    `told` whether the history of the file reaches back to the day; else it is what today's rules say of the orders
    known then.
    """

    before: date = date.min
    until: date = date.min
    told: bool = False
    up: int = 0
    down: int = 0


def tier_moves(
    pairs: Iterable[tuple[int, str, str]], levels: tuple[str, ...], before: date, until: date, *, told: bool
) -> TierMoves | None:
    """The table of (customer, tier then, tier now); None where nobody moved between two tiers."""
    who = _by_cell(pairs)
    place = {name: at for at, name in enumerate(levels)}
    both = [(place[old], place[new], len(ids)) for (old, new), ids in who.items() if old in place and new in place]
    up, down = (sum(count for old, new, count in both if (new < old if way else new > old)) for way in (True, False))
    if not up and not down:
        return None
    rows, columns = ((*levels, "") if any(cell[side] == "" for cell in who) else levels for side in (0, 1))
    return TierMoves(rows, columns, who, before, until, told, up, down)


@dataclass(frozen=True)
class ValuePotential(Table):
    """Noted potential (rows, high first) by tier (columns, the best first); `hidden`: high ones below the best tier."""

    hidden: int = 0
    noted: int = 0


def value_potential(pairs: Iterable[tuple[int, str, str]], levels: tuple[str, ...]) -> ValuePotential | None:
    """The map of (customer, potential, tier); None while too few potentials are noted."""
    who = _by_cell((customer, potential, tier) for customer, potential, tier in pairs if tier in levels)
    noted = sum(len(ids) for ids in who.values())
    if noted < POTENTIAL_FROM or len(levels) < 2:
        return None
    hidden = sum(len(ids) for (potential, tier), ids in who.items() if potential == "high" and tier != levels[0])
    return ValuePotential(POTENTIALS, levels, who, hidden, noted)


def _by_cell(pairs: Iterable[tuple[int, str, str]]) -> dict[tuple[str, str], tuple[int, ...]]:
    found: dict[tuple[str, str], list[int]] = {}
    for customer, row, column in pairs:
        found.setdefault((row, column), []).append(customer)
    return {cell: tuple(ids) for cell, ids in found.items()}
