"""A preview of an import: the open workbooks, their rows, and what importing them would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from crmdesk.operations.importing_values import Created, Place, Proposal, SheetResult

if TYPE_CHECKING:
    from crmdesk.excel.draft import Reading, SheetDraft
    from crmdesk.operations.importing_plan import Plan


@dataclass(frozen=True)
class SheetFixes:
    """What the user says of single cells and rows of one sheet: as if it stood there.

    `cells` by 1-based row and column letter; `left_out` are rows of data that are not wanted; `taken` rows that the
    program took for totals, notes and the like, and that are data after all.
    """

    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Preview:
    """What an import will do, computed without writing. It owns the readings: close it, or use it as a context."""

    paths: tuple[Path, ...]
    readings: tuple[Reading, ...]
    sheets: tuple[SheetResult, ...]
    places: tuple[Place, ...]  # beside `sheets`
    created: Created = field(default_factory=Created)
    proposals: tuple[Proposal, ...] = ()  # follow-ups that notes ask for; nobody has said yes to them
    left_out: frozenset[int] = frozenset()  # positions in `sheets` that the user does not want
    rows: Mapping[Place, tuple[bytes, ...]] = field(default_factory=dict, repr=False)  # read rows, packed
    plan: Plan | None = field(default=None, repr=False, compare=False)  # good while the file is at this step:
    based_on: int = 0
    open_end: bool = False  # only `draft` and `kind` of the sheets hold: what they would do is still to be worked out
    first: Mapping[Place, SheetDraft] = field(default_factory=dict, repr=False)  # as understood without anybody's word
    remembered: frozenset[Place] = frozenset()  # sheets whose headers were imported before
    fixes: Mapping[Place, SheetFixes] = field(default_factory=dict)
    profile: str = ""  # the name under which decisions are kept, beside being remembered by themselves

    @property
    def known(self) -> bool:
        """Whether every sheet that is taken came before and asks nothing: then it goes in without a question."""
        taken = [(place, one) for place, one in zip(self.places, self.sheets, strict=True) if one.kind != "ignored"]
        return bool(taken) and all(
            place in self.remembered and not any("ask" in column.options for column in one.draft.columns)
            for place, one in taken
        )

    def fixes_of(self, sheet: int) -> SheetFixes:
        """What the user said of the cells and rows of a sheet (position in `sheets`)."""
        return self.fixes.get(self.places[sheet], SheetFixes())

    @property
    def file(self) -> str:
        """The names of the workbooks, for the step's name."""
        names = [path.name for path in self.paths]
        return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"

    @property
    def goes_in(self) -> bool:
        """Whether it can go in without a question: known, and no row has to be looked at first."""
        # A namesake by itself is no mistake; in a list that came before it is likely to be the same customer.
        doubtful = any(issue.code == "same_name" for one in self.sheets for issue in one.issues)
        return self.known and not doubtful and not any(one.counts.attention for one in self.sheets)

    def close(self) -> None:
        """Let the reading children go; closing twice does no harm."""
        for reading in self.readings:
            reading.close()

    def without_rows(self, place: Place) -> Preview:
        """The preview with the kept rows of one sheet forgotten, after it was understood anew."""
        return replace(self, rows={key: chunks for key, chunks in self.rows.items() if key != place})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
