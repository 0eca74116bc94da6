"""Reasons for many customers at once: columns of codes and numbers, turned into the phrases' JSON in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64] | NDArray[np.float64] | Sequence[str]


@dataclass
class ReasonColumns:
    """A code per customer; `values` holds every value that some code needs, `needs` which ones a code takes."""

    size: int
    values: Mapping[str, Column]
    needs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rows: dict[str, NDArray[np.int64]] = field(default_factory=dict)

    def say(self, code: str, which: NDArray[np.bool_], *needs: str) -> None:
        """Give the customers of the mask this code with these values."""
        self.rows[code] = np.flatnonzero(which)
        self.needs[code] = needs

    def texts(self, start: int = 0, stop: int | None = None) -> list[str]:
        """The phrases of these customers as `Phrase.from_json` reads them, "" for one without a code."""
        stop = self.size if stop is None else min(stop, self.size)
        result = [""] * (stop - start)
        for code, rows in self.rows.items():
            here = rows[slice(*np.searchsorted(rows, (start, stop)))]  # rows ascend
            template = json.dumps([code, dict.fromkeys(self.needs[code], "%")], ensure_ascii=False)
            template = template.replace('"%"', "%s")
            columns = [_as_json(self.values[name], here) for name in self.needs[code]]
            texts = (template % row for row in zip(*columns, strict=True)) if columns else (template for _ in here)
            for row, text in zip(here.tolist(), texts, strict=True):
                result[row - start] = text
        return result


def _as_json(column: Column, rows: NDArray[np.int64]) -> list[Any]:
    if isinstance(column, np.ndarray):
        picked: list[Any] = column[rows].tolist()
        return picked
    return [json.dumps(column[row], ensure_ascii=False) for row in rows.tolist()]
