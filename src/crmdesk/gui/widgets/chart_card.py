"""A chart in a card: drawn when there is time, clicked for the customers behind it, saved as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.backend_bases import MouseEvent
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crmdesk.charts.axes import key_at
from crmdesk.charts.look import chart_look
from crmdesk.gui.icons import set_icon
from crmdesk.gui.palette import tokens_of
from crmdesk.i18n import _

if TYPE_CHECKING:
    from crmdesk.charts.look import ChartLook

Draw = Callable[[Figure, "ChartLook"], None]
LOWEST = 280


class ChartCard(QFrame):
    """One chart. `clicked` carries the key of the bar under the mouse; `save_wanted` asks for a picture."""

    clicked = Signal(str)
    save_wanted = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"chart_{name}")
        self.setProperty("card", "true")
        self.figure = Figure()
        self._draw: Draw | None = None
        self.drawn = False
        self._canvas = FigureCanvasQTAgg(self.figure)  # type: ignore[no-untyped-call]
        self._canvas.setMinimumSize(QSize(320, LOWEST))
        self._canvas.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._canvas.mpl_connect("button_press_event", self._pressed)
        self._canvas.mpl_connect("motion_notify_event", self._hovered)
        self._save = QToolButton(self)
        self._save.setObjectName(f"save_{name}")
        self._save.clicked.connect(self.save_wanted)
        set_icon(self._save, "image", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._canvas)
        self.retranslate()

    def retranslate(self) -> None:
        """Put the texts again, the chart's own included."""
        self._save.setToolTip(_("Save the picture"))
        self._save.setAccessibleName(_("Save the picture"))
        self.draw_soon()

    def show_chart(self, draw: Draw) -> None:
        """Draw this as soon as the event loop is idle: four charts must not hold the window up in one piece."""
        self._draw = draw
        self.draw_soon()

    def draw_soon(self) -> None:
        """Draw again in an idle slot of its own."""
        self.drawn = False
        if self._draw is not None:
            QTimer.singleShot(0, self, self._draw_now)

    def save_picture(self, path: Path) -> None:
        """Save the chart as PNG, SVG or PDF by the path's ending. Raises OSError."""
        self.figure.savefig(path, dpi=200)

    def resizeEvent(self, event: object) -> None:
        """Keep the save button in the corner above the chart."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._save.move(self.width() - self._save.sizeHint().width() - 8, 8)
        self._save.raise_()

    def _draw_now(self) -> None:
        if self._draw is None or self.drawn:
            return
        self._draw(self.figure, chart_look("dark" if tokens_of(self.palette()).name == "dark" else "light"))
        self._canvas.draw_idle()  # type: ignore[no-untyped-call]
        self._canvas.setAccessibleName(self.figure.get_suptitle())
        self.drawn = True

    def _pressed(self, event: MouseEvent) -> None:
        key = key_at(self.figure, event)
        if key is not None:
            self.clicked.emit(key)

    def _hovered(self, event: MouseEvent) -> None:
        over = key_at(self.figure, event) is not None
        self._canvas.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
