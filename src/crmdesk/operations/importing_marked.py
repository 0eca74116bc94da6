"""The problems of a preview as a workbook: the user's sheets once more, the faulty cells marked and explained."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.i18n import _
from crmdesk.operations.importing_fixes import column_place
from crmdesk.progress import Progress
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.excel.draft import Reading
    from crmdesk.excel.fixes import PlainCell
    from crmdesk.excel.marked import MarkedSheet
    from crmdesk.operations.importing_preview import Preview, SheetFixes

_CHUNK: Final = 2_000
_MANY: Final = 60  # sheets; of more than these only those with a problem are written
_WHOLE_ROW: Final = -1


def save_problems(preview: Preview, to: Path, progress: Progress | None = None) -> int:
    """Write the sheets of a preview with their faulty cells marked; gives how many places are marked.

    What the user typed in the preview stands in its place. Raises Refused (no .xlsx, one of the sheets itself, it
    cannot be written) and Cancelled; then nothing is left behind.
    """
    from crmdesk.excel.marked import write_marked

    if to.suffix.lower() != ".xlsx":
        raise Refused("problems_are_xlsx", path=to.name)
    if any(_same_file(to, path) for path in preview.paths):
        raise Refused("problems_into_the_sheet", path=to.name)
    try:
        return write_marked(to, _sheets(preview, progress or Progress()))
    except OSError as error:
        raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))


def _sheets(preview: Preview, progress: Progress) -> Iterator[MarkedSheet]:
    from crmdesk.excel.marked import MarkedSheet

    wanted = [
        place for place, sheet in enumerate(preview.sheets) if sheet.draft.columns and place not in preview.left_out
    ]
    if len(wanted) > _MANY:
        wanted = [place for place in wanted if preview.sheets[place].issues]
    books = {preview.sheets[place].draft.workbook for place in wanted}
    for position in wanted:
        sheet, place = preview.sheets[position], preview.places[position]
        draft, reading = sheet.draft, preview.readings[place.reading]
        first, merges = reading.raw(place.index, 0, 1, progress)
        name = draft.name if len(books) == 1 else f"{Path(draft.workbook).stem} {draft.name}"
        headers = [column.header for column in draft.columns]
        yield MarkedSheet(
            name,
            _rows(reading, place.index, preview.fixes_of(position), progress),
            draft.header_row,
            max([len(cells) for _row, cells in first] + [column.index + 1 for column in draft.columns]),
            _faults(preview, position),
            merges,
            headers if not draft.header_row and any(headers) else (),  # address cards: their headers stand nowhere
            _("please look"),
        )


def _rows(
    reading: Reading, index: int, fixes: SheetFixes, progress: Progress
) -> Iterator[tuple[int, Sequence[PlainCell]]]:
    """All rows of a sheet, with what the user typed in its place."""
    said: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, letter), text in fixes.cells.items():
        said[row][column_place(letter)] = text
    start = 0
    while True:
        progress.report("writing", start, reading.sheets[index].row_count)
        rows, _merges = reading.raw(index, start, _CHUNK, progress)
        for number, cells in rows:
            for place, text in said.get(number, {}).items():
                cells[place] = text
            yield number, cells
        start += _CHUNK
        if len(rows) < _CHUNK:
            return


def _faults(preview: Preview, position: int) -> Mapping[int, Mapping[int, str]]:
    """What is wrong, by row and 0-based column; of the row itself under -1."""
    faults: dict[int, dict[int, str]] = defaultdict(dict)
    sheet = preview.sheets[position]
    told = [(issue.row, column_place(issue.column), say(issue.phrase)) for issue in sheet.issues]
    told += [(row, _WHOLE_ROW, say(Phrase("left_out_by_you"))) for row in sorted(preview.fixes_of(position).left_out)]
    for row, place, why in told:
        known = faults[row].get(place)
        faults[row][place] = f"{known}\n{why}" if known and why not in known else why
    return faults
