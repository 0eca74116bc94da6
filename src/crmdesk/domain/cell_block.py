"""A block of cells as sheet programs put it on the clipboard: lines of tab-separated texts."""

from __future__ import annotations

import re
from typing import Final

# A cell that holds a tab, a line end or a quote stands in quotes; one that only begins with a quote does not.
_CELL: Final = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def read_block(text: str) -> list[list[str]]:
    """The cells by line, each line as long as the longest; blank lines at the end are left out."""
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        match = _CELL.match(text, at)
        if match is None:
            break
        quoted, bare = match.groups()
        rows[-1].append(bare if quoted is None else quoted.replace('""', '"'))
        at = match.end()
        line_end = _LINE_END.match(text, at)
        if line_end is not None:
            rows.append([])
        at = line_end.end() if line_end is not None else at + 1
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def block_text(rows: list[list[str]]) -> str:
    """The block as it stands on the clipboard."""
    return "\r\n".join("\t".join(map(_quoted, row)) for row in rows)


def _quoted(cell: str) -> str:
    if cell.startswith('"') or any(sign in cell for sign in "\t\r\n"):
        return '"' + cell.replace('"', '""') + '"'
    return cell
