"""A chart in a card: drawn when its page has time, clicked for the customers behind it, saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crmdesk.charts.axes import key_at
from crmdesk.charts.look import chart_look
from crmdesk.gui.icons import set_icon
from crmdesk.gui.palette import DARK, tokens_of
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.charts.look import ChartLook

Draw = Callable[[Figure, "ChartLook"], None]
LOWEST, HIGHEST = 270, 360  # pixels; a taller chart tells no more
NARROWEST, MARGIN = 320, 8
STRIP = 26  # beside the chart, for the button: a long title would run under it


class ChartCard(QFrame):
    """One chart. `clicked` carries the key of the bar under the mouse; `save_wanted` asks for a picture."""

    clicked = Signal(str)
    save_wanted = Signal()
    stale = Signal()  # it has to be drawn (again); the page calls `draw` in an idle slot

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"chart_{name}")
        self.setProperty("card", "true")
        self.figure = Figure()
        self._draw: Draw | None = None
        self.drawn = False
        self._canvas = FigureCanvasQTAgg(self.figure)  # type: ignore[no-untyped-call]
        self._canvas.setMinimumSize(QSize(NARROWEST, LOWEST))
        self._canvas.setMaximumHeight(HIGHEST)
        # As wide as the page gives it: a canvas would ask for the size of its figure.
        self._canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(HIGHEST + 2 * MARGIN)
        self._canvas.mpl_connect("button_press_event", self._pressed)
        self._canvas.mpl_connect("motion_notify_event", self._hovered)
        self._save = QToolButton(self)
        self._save.setObjectName(f"save_{name}")
        self._save.clicked.connect(self.save_wanted)
        set_icon(self._save, "image", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN + STRIP, MARGIN)
        column.addWidget(self._canvas)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again, the chart's own included."""
        self._save.setToolTip(_("Save the picture"))
        self._save.setAccessibleName(_("Save the picture"))
        self.draw_soon()

    def show_chart(self, draw: Draw) -> None:
        """Draw this from now on."""
        self._draw = draw
        self.draw_soon()

    def draw_soon(self) -> None:
        """Ask to be drawn again: in other colours, in another language, with other values."""
        self.drawn = False
        self.stale.emit()

    def draw(self) -> None:
        """Draw the chart as it is wanted now."""
        if self._draw is None:
            return
        self._draw(self.figure, chart_look("dark" if tokens_of(self.palette()) is DARK else "light"))
        self._canvas.draw_idle()  # type: ignore[no-untyped-call]
        self._canvas.setAccessibleName(self.figure.get_suptitle())
        self.drawn = True

    def save_picture(self, path: Path) -> None:
        """Save the chart as PNG, SVG or PDF by the path's ending. Raises OSError."""
        self.figure.savefig(path, dpi=200)

    def resizeEvent(self, event: object) -> None:
        """Keep the save button in the corner above the chart."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._save.resize(self._save.sizeHint())  # no layout does it for a button that lies over the chart
        self._save.move(self.width() - self._save.sizeHint().width() - 8, 8)
        self._save.raise_()

    def _pressed(self, event: MouseEvent) -> None:
        key = key_at(self.figure, event)
        if key is not None:
            self.clicked.emit(key)

    def _hovered(self, event: MouseEvent) -> None:
        over = key_at(self.figure, event) is not None
        self._canvas.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
