"""How paper is drawn: headings and tables, page by page, on a PDF or a printer.

Cell by cell, not as one document of Qt's: laying out a thousand rows in one piece would hold everything up for a
second, wherever it is done, for Qt keeps Python's lock meanwhile. So it runs beside the window, says how far it is, and
can be stopped until the first page is drawn: what a printer has begun it prints, and half a list is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QTextLayout,
    QTextOption,
)

from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress

_MARGIN: Final = 14.0  # millimetres
_FOOT: Final = 2.2  # lines of text below the page's own
_INK: Final = "#15212B"
_QUIET: Final = "#55636E"
_RULE: Final = "#DDE3E7"
_GAP: Final = 0.9  # of a line, between two columns
_AIR: Final = 0.35  # of a line, above and below a row
_LEAST: Final = 0.06  # of the page: no column is narrower, however little stands in it
_LOOKS: Final = {  # points, bold, colour, lines of room below
    "title": (15.0, True, _INK, 0.3),
    "heading": (11.0, True, _INK, 0.2),
    "plain": (9.0, False, _QUIET, 0.8),
    "gap": (9.0, False, _QUIET, 0.6),
    "head": (8.0, True, _QUIET, 0.0),
    "cell": (9.0, False, _INK, 0.0),
}
_ONE_LINE: Final = int(Qt.TextFlag.TextDontClip)  # it was measured to fit: no rounding may break it or cut it
_WORDS: Final = int(Qt.TextFlag.TextWordWrap)
_ANYWHERE: Final = int(Qt.TextFlag.TextWrapAnywhere)
_NEW_LINE: Final = "\u2028"  # what Qt breaks a line at


_LEFT: Final = Qt.AlignmentFlag.AlignLeft
_RIGHT: Final = Qt.AlignmentFlag.AlignRight


class Told(NamedTuple):
    """A line over the whole width; `look` is title, heading or plain."""

    text: str
    look: str


class Table(NamedTuple):
    """Rows under their headings, which come again on each page; none where `heads` is empty.

    The columns in `right`, by their numbers, hold figures, which end below each other.
    """

    heads: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    right: frozenset[int] = frozenset()


class Paper(NamedTuple):
    """What is printed: a title for every page's foot, the parts, and whether the page lies on its side."""

    title: str
    parts: tuple[Told | Table, ...]
    wide: bool = False

    def texts(self) -> list[str]:
        """Everything that is read on it."""
        found: list[str] = []
        for part in self.parts:
            rows = [(part.text,)] if isinstance(part, Told) else [part.heads, *part.rows]
            found += [text for row in rows for text in row]
        return found


class _Cell(NamedTuple):
    text: str
    left: float
    width: float
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    wrapped: int = _ONE_LINE  # how; known once it is measured


class _Strip(NamedTuple):
    """One row as it is drawn. `heads` comes first where the strip begins a page."""

    look: str
    cells: tuple[_Cell, ...]
    height: float
    ruled: bool = False
    heads: _Strip | None = None


class _Ruler:
    """Measures texts as the device writes them."""

    def __init__(self, device: QPagedPaintDevice, font: QFont) -> None:
        self.fonts = {look: _font(font, points, bold) for look, (points, bold, _ink, _room) in _LOOKS.items()}
        self._metrics = {look: QFontMetricsF(made, device) for look, made in self.fonts.items()}
        self._device = device

    def line(self, look: str = "cell") -> float:
        """The height of a line."""
        return self._metrics[look].lineSpacing()

    def advance(self, text: str, look: str) -> float:
        """The width of a text in one line."""
        return max((self._metrics[look].horizontalAdvance(line) for line in text.split("\n")), default=0.0)

    def height(self, cell: _Cell, look: str) -> tuple[float, int]:
        """The height of a text in its column, and how it is wrapped: between words where they fit."""
        metrics, room = self._metrics[look], QRectF(0, 0, cell.width, 1e6)
        if "\n" not in cell.text and metrics.horizontalAdvance(cell.text) <= cell.width:
            return self.line(look), _ONE_LINE  # most cells; measuring a wrapped one takes ten times as long
        found = metrics.boundingRect(room, _WORDS, cell.text)
        if found.width() <= cell.width:
            return found.height(), _WORDS
        return metrics.boundingRect(room, _ANYWHERE, cell.text).height(), _ANYWHERE

    def strip(self, look: str, cells: Sequence[_Cell], below: float) -> _Strip:
        """The cells beside each other, as high as the highest of them, with room `below`."""
        told = [(cell, *self.height(cell, look)) for cell in cells]
        high = max((height for _cell, height, _wrapped in told), default=self.line(look))
        return _Strip(look, tuple(cell._replace(wrapped=wrapped) for cell, _height, wrapped in told), high + below)

    def pieces(self, cell: _Cell, look: str, most: int) -> list[str]:
        """The text of a cell cut where lines end, `most` lines each; put together again it is the whole text."""
        layout = QTextLayout(cell.text.replace("\n", _NEW_LINE), self.fonts[look], self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        begins: list[int] = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(cell.width)
            begins.append(line.textStart())
        layout.endLayout()
        units = cell.text.encode("utf-16-le")  # Qt counts in halves of what is rarer than 16 bits
        cuts = [2 * begin for begin in begins[::most]] + [len(units)]
        return [units[start:end].decode("utf-16-le") for start, end in pairwise(cuts)]


def draw(paper: Paper, device: QPagedPaintDevice, day: str, progress: Progress) -> int:
    """Paint all pages, each with its foot of title, `day` and number; gives how many there are. On any thread.

    Raises Refused("cannot_print") where the device takes no pages, Cancelled as long as nothing is drawn.
    """
    side = QPageLayout.Orientation.Landscape if paper.wide else QPageLayout.Orientation.Portrait
    device.setPageOrientation(side)
    device.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    ruler = _Ruler(device, QFont())
    foot = ruler.line("head") * _FOOT
    page = QRectF(0, 0, device.width(), device.height() - foot)
    pages = _pages(_strips(paper, ruler, page, progress), page.height())
    progress.report("printing", 0, len(pages))  # the last moment to stop
    painter = QPainter()
    if not painter.begin(device):
        raise Refused("cannot_print")
    try:
        for number, strips in enumerate(pages):
            if number and not device.newPage():
                raise Refused("cannot_print")
            _draw_page(painter, ruler, strips, page)
            told = f"{paper.title} · {day} · {number + 1} / {len(pages)}"
            _write(painter, ruler, "head")
            below = QRectF(0, page.height() + foot / 3, page.width(), foot)
            painter.drawText(below, Qt.AlignmentFlag.AlignRight, told)
        return len(pages)
    finally:
        painter.end()


def _draw_page(painter: QPainter, ruler: _Ruler, strips: Sequence[_Strip], page: QRectF) -> None:
    top, air = 0.0, ruler.line() * _AIR
    for strip in strips:
        _write(painter, ruler, strip.look)
        for cell in strip.cells:
            place = QRectF(cell.left, top + air, cell.width, strip.height)
            painter.drawText(place, cell.wrapped | cell.side.value, cell.text)
        top += strip.height
        if strip.ruled:
            painter.setPen(QColor(_RULE))
            painter.drawLine(0, round(top), round(page.width()), round(top))


def _write(painter: QPainter, ruler: _Ruler, look: str) -> None:
    painter.setFont(ruler.fonts[look])
    painter.setPen(QColor(_LOOKS[look][2]))


def _strips(paper: Paper, ruler: _Ruler, page: QRectF, progress: Progress) -> Iterator[_Strip]:
    """Everything from top to bottom, measured."""
    for part in paper.parts:
        if isinstance(part, Told):
            cell = _Cell(part.text, 0, page.width())
            below = ruler.line() * (_LOOKS[part.look][3] + _AIR)
            yield ruler.strip(part.look, (cell,), below)
        else:
            yield from _rows(part, ruler, page, progress)


def _rows(table: Table, ruler: _Ruler, page: QRectF, progress: Progress) -> Iterator[_Strip]:
    lefts, widths = _columns(table, ruler, page.width())
    sides = [_RIGHT if number in table.right else _LEFT for number in range(len(lefts))]

    def strip(texts: Iterable[str], look: str, heads: _Strip | None) -> _Strip:
        cells = [_Cell(*one) for one in zip(texts, lefts, widths, sides, strict=True) if one[0]]
        return ruler.strip(look, cells, 2 * _AIR * ruler.line())._replace(ruled=True, heads=heads)

    heads = strip(table.heads, "head", None) if table.heads else None
    if heads is not None:
        yield heads
    for number, row in enumerate(table.rows):
        progress.report("printing", number)
        yield from _whole(strip(row, "cell", heads), ruler, page.height() / 2)


def _whole(strip: _Strip, ruler: _Ruler, most: float) -> Iterator[_Strip]:
    """A row, or several where a note in it is longer than half a page: nothing of it is cut."""
    if strip.height <= most:
        yield strip
        return
    lines = max(1, int(most / ruler.line(strip.look) - 2 * _AIR))
    # A short cell has one piece: it stands beside the first of the others.
    texts = [ruler.pieces(cell, strip.look, lines) for cell in strip.cells]
    last = max(map(len, texts)) - 1
    for piece in range(last + 1):
        # A line's own end would be measured as one line more.
        shown = [
            (cell, own[piece].removesuffix("\n"))
            for cell, own in zip(strip.cells, texts, strict=True)
            if piece < len(own)
        ]
        cells = [cell._replace(text=text) for cell, text in shown]
        yield ruler.strip(strip.look, cells, 2 * _AIR * ruler.line())._replace(ruled=piece == last, heads=strip.heads)


def _pages(strips: Iterable[_Strip], height: float) -> list[list[_Strip]]:
    """The strips of each page; a heading is not left behind at the foot of one."""
    pages: list[list[_Strip]] = [[]]
    top = 0.0
    for strip in strips:
        needed = strip.height * (3 if strip.look == "heading" else 1)
        if top + needed > height and pages[-1]:
            pages.append([])
            top = 0.0
            if strip.heads is not None:
                pages[-1].append(strip.heads)
                top = strip.heads.height
        pages[-1].append(strip)
        top += strip.height
    return pages


def _columns(table: Table, ruler: _Ruler, width: float) -> tuple[list[float], list[float]]:
    """Where each column begins and how wide it is: as it likes where all have room, else the widest give way."""
    count = max(len(table.heads), *(len(row) for row in table.rows), 1)
    gap = ruler.line() * _GAP
    room = width - gap * (count - 1)
    liked = [_LEAST * width] * count
    for look, row in [("head", table.heads), *(("cell", row) for row in table.rows)]:
        for number, text in enumerate(row):
            liked[number] = max(liked[number], ruler.advance(text, look) * 1.02)
    widths = _shared(liked, room)
    lefts = [sum(widths[:number]) + gap * number for number in range(count)]
    return lefts, widths


def _shared(liked: Sequence[float], room: float) -> list[float]:
    """`room` among columns: what each likes, and where that is too much, an equal limit for those that like most."""
    spare = room - sum(liked)
    if spare >= 0:
        widest = max(range(len(liked)), key=liked.__getitem__)  # the words; figures stay together at the end
        return [wish + spare if number == widest else wish for number, wish in enumerate(liked)]
    limit, left, open_columns = 0.0, room, sorted(liked)
    for place, wish in enumerate(open_columns):
        limit = left / (len(open_columns) - place)
        if wish > limit:
            break
        left -= wish
    return [min(wish, limit) for wish in liked]


def _font(base: QFont, points: float, bold: bool) -> QFont:
    made = QFont(base)
    made.setPointSizeF(points)
    made.setBold(bold)
    return made
