"""分析: what it all adds up to. Every chart's title is its sentence; a click opens the customers behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crmdesk.charts.drawings import drawings
from crmdesk.domain.changes import Changes
from crmdesk.domain.insight import Insight
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.changes_link import ChangesLink
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.insight_more import FURTHER, FurtherCharts, ProofLine
from crmdesk.gui.pages.page import Page
from crmdesk.gui.room import ONE_COLUMN, narrow
from crmdesk.gui.widgets.pieces import EmptyState, text_label
from crmdesk.i18n import _
from crmdesk.operations import insight
from crmdesk.progress import Progress

if TYPE_CHECKING:
    from crmdesk.gui.widgets.chart_card import ChartCard, Draw

COLUMNS: Final = 2
NEXT_TO_SEE: Final = 16  # pixels around what is scrolled to
LAST_ROW: Final = 20  # below all charts: it takes the room they do not need
BETWEEN_CHARTS: Final = 10  # milliseconds for the window's own work
FILTERS: Final[dict[str, Callable[[str], CustomerQuery]]] = {  # charts whose bars are filters of the list
    "tiers": lambda tier: CustomerQuery(tiers=(tier,)),
    "stages": lambda stage: CustomerQuery(stages=(stage,)),
    "intents": lambda intent: CustomerQuery(intents=(intent,)),
    "attention": lambda tier: CustomerQuery(tiers=(tier,)),
    "sources": lambda source: CustomerQuery(sources=(source,)),
    "unprofitable": lambda _customer: CustomerQuery(unprofitable=True, sort=(("order_total", True),)),
    "forecast": lambda _all: CustomerQuery(expected=("90",), sort=(("soon_orders", True),)),
}
MORE: Final = frozenset({"pareto", "rfm_grid", *FURTHER})
ONE_CUSTOMER: Final = frozenset({"quiet", "rising"})  # charts whose bars are single customers
PICTURES: Final = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class InsightPage(Page):
    """The charts that the data allow, in two columns; the rarer ones behind 更多图表."""

    name = "insight"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._insight: Insight | None = None
        self._asked = self._answered = 0
        self._columns = COLUMNS
        self._to_added = False  # charts were asked for that nobody has seen yet
        self._cards: dict[str, ChartCard] = {}
        self._heading = text_label(self, "title", "insight_title")
        self._as_of = text_label(self, "muted", "insight_as_of")
        self._proof = ProofLine(desk, self)
        self._changed = ChangesLink(desk, self)
        self._further = FurtherCharts(desk, self._show_further)
        self.more = QPushButton(self)
        self.more.setObjectName("more_charts")
        self.more.setCheckable(True)
        self.more.setProperty("quiet", "true")
        self.more.toggled.connect(self._toggle_more)
        self.report = QPushButton(self)
        self.report.setObjectName("tier_report")
        self.report.setProperty("primary", "true")
        self.report.clicked.connect(lambda _checked=False: desk.report_requested.emit())
        self._grid_holder = QWidget(self)
        self._grid_holder.setObjectName("page_stack")
        self._grid = QGridLayout(self._grid_holder)
        self._scroll = QScrollArea(self)
        self._empty = EmptyState(self, "insight_empty", "insight")
        self._empty.acted.connect(lambda: desk.import_requested.emit([]))
        self._pencil = QTimer(self)
        self._pencil.setSingleShot(True)
        self._pencil.setInterval(BETWEEN_CHARTS)
        self._pencil.timeout.connect(self._draw_next)
        self._lay_out()
        self.retranslate()

    def title(self) -> str:
        """分析."""
        return _("Insight")

    def refresh(self, changes: Changes | None) -> None:
        """Count everything anew on the job thread; the charts shown stay until the answer is there."""
        self._asked += 1
        asked, database = self._asked, self.desk.database
        self._changed.ask()

        def arrived(found: Insight) -> None:
            if asked == self._asked:
                self._answered = asked
                self._insight = found
                self._as_of.setText(self._day())
                self._fetch_further()
                self._show_charts()

        def failed(error: Exception) -> None:
            if asked == self._asked and database is self.desk.database:
                self._answered = asked
                self.desk.tell_error(error)

        def work(_progress: Progress) -> Insight:
            # What draws is slow to load the first time; here it keeps nobody waiting.
            import_module("crmdesk.gui.widgets.chart_card")
            from crmdesk.charts.look import chart_font

            chart_font()
            return insight.insight(database)

        self.desk.run(work, done=arrived, failed=failed)

    def retranslate(self) -> None:
        """Put the texts again, those in the charts included."""
        self._heading.setText(_("Insight"))
        self._as_of.setText(self._day())
        self._proof.retranslate()
        self._changed.retranslate()
        self.more.setText(_("Fewer charts") if self.more.isChecked() else _("More charts"))
        self._name_report()
        self._empty.say(_("With customers in it, this page says what they add up to."), _("Choose a file"))
        for card in self._cards.values():
            card.retranslate()
        if self._insight is not None:
            self._show_charts()

    def restyle(self) -> None:
        """Draw the charts in the colours of the theme."""
        for card in self._cards.values():
            card.draw_soon()

    def ready(self) -> bool:
        """Whether every chart in sight is drawn."""
        answered = self._insight is not None and self._answered == self._asked
        return answered and self._further.ready and all(card.drawn for card in self._cards.values() if card.isVisible())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has one column."""
        super().resizeEvent(event)
        columns = 1 if narrow(self, ONE_COLUMN) else COLUMNS
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _day(self) -> str:
        found = self._insight
        if found is None or found.as_of == self.desk.today:
            return ""
        return _("as of {day}, the last order").format(day=found.as_of)

    def _name_report(self) -> None:
        tiered = self._insight is None or self._insight.has_money
        self.report.setText(_("Tier report") if tiered else _("Customer report"))

    def _fetch_further(self) -> None:
        """What stands below the four charts, and only if it is asked for; the proof comes after all of it."""
        self._further.forget()
        if self.more.isChecked():
            self._further.fetch()
        self._proof.fetch()

    def _toggle_more(self) -> None:
        self._to_added = self.more.isChecked()
        if self.more.isChecked() and self._insight is not None:
            self._further.fetch()
        self._arrange()
        self._show_added()

    def _show_added(self) -> None:
        """Bring the first of the charts that 更多图表 added into sight, once: they are drawn below the edge."""
        added = next((name for name in self._wanted() if name in MORE), None)
        if self._to_added and added is not None:
            self._to_added = False
            # Where it stands is known only after the layout has run.
            QTimer.singleShot(0, self, partial(self._scroll.ensureWidgetVisible, self._cards[added], 0, NEXT_TO_SEE))

    def _show_further(self, name: str) -> None:
        """A further chart has arrived: its place is in the order of the page, not of its arrival."""
        draw = dict(self._further.drawings()).get(name)
        if draw is not None:
            self._card(name).show_chart(draw)
            self._arrange()
            self._show_added()

    def _show_charts(self) -> None:
        assert self._insight is not None
        for name, draw in self._drawings(self._insight):
            self._card(name).show_chart(draw)
        self._name_report()
        self._arrange()

    def _card(self, name: str) -> ChartCard:
        if name not in self._cards:
            from crmdesk.gui.widgets.chart_card import ChartCard

            card = ChartCard(name, self._grid_holder)
            card.clicked.connect(partial(self._open, name))
            card.save_wanted.connect(partial(_save, self.desk, card))
            card.stale.connect(self._pencil.start)
            self._cards[name] = card
        return self._cards[name]

    def _arrange(self) -> None:
        """Put the charts that have something to say into the grid, in order."""
        wanted = self._wanted()
        for card in self._cards.values():
            card.hide()
            self._grid.removeWidget(card)
        for place, name in enumerate(wanted):
            self._grid.addWidget(self._cards[name], place // self._columns, place % self._columns)
            self._cards[name].show()
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, self._columns - 1)
        self._pencil.start()
        self.more.setVisible(any(name in MORE for name in self._available()))
        self.more.setText(_("Fewer charts") if self.more.isChecked() else _("More charts"))
        self._empty.setVisible(not wanted and self._insight is not None)
        self._scroll.setVisible(bool(wanted))
        self.report.setEnabled(bool(wanted))

    def _draw_next(self) -> None:
        """Draw one chart in sight, then let the window breathe."""
        waiting = [card for card in self._cards.values() if card.isVisible() and not card.drawn]
        if waiting:
            waiting[0].draw()
        if len(waiting) > 1:
            self._pencil.start()

    def _available(self) -> list[str]:
        return [name for name, _draw in self._drawings(self._insight)] if self._insight else []

    def _wanted(self) -> list[str]:
        return [name for name in self._available() if name not in MORE or self.more.isChecked()]

    def _drawings(self, found: Insight) -> Iterator[tuple[str, Draw]]:
        """Each chart that the data allow; none for those that they do not."""
        yield from drawings(found, presenting=self.desk.presenting)
        yield from self._further.drawings()

    def _open(self, name: str, key: str) -> None:
        if name in ONE_CUSTOMER:
            self.desk.customer_wanted.emit(int(key))
            return
        if name in FILTERS:
            self.desk.customers_wanted.emit(FILTERS[name](key))
        elif name in FURTHER:
            self._show_ids(self._further.ids(name, key))
        elif name in ID_QUESTIONS:
            database = self.desk.database
            self.desk.run(lambda _progress: ID_QUESTIONS[name](database, key), done=self._show_ids)

    def _show_ids(self, ids: tuple[int, ...]) -> None:
        if ids:
            self.desk.customers_wanted.emit(CustomerQuery(ids=ids, sort=(("order_total", True),)))

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=12)
        head.addWidget(self._heading)
        head.addWidget(self._as_of)
        head.addWidget(self._changed)
        head.add_gap()
        head.addWidget(self.more)
        head.addWidget(self.report)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._grid.setRowStretch(LAST_ROW, 1)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its charts' buttons are what one goes to
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._grid_holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._proof.label)
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)


def _save(desk: Desk, card: ChartCard) -> None:
    name = card.objectName().removeprefix("chart_")
    path = desk.prompts.save_file(_("Save the picture"), Path(f"{name}.png"), PICTURES)
    if path is None:
        return
    try:
        card.save_picture(path)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or str(error)
        desk.prompts.error(Phrase("cannot_write", {"path": str(path), "why": why}))
    else:
        desk.saved.emit(path)


def _in_cell(database: Any, key: str) -> tuple[int, ...]:  # noqa: ANN401 -- see Desk.database
    recency, frequency = key.split(",")
    return insight.buyers_in_cell(database, int(recency), int(frequency))


def _sharing(what: str, database: Any, key: str) -> tuple[int, ...]:  # noqa: ANN401 -- see Desk.database
    return insight.customers_sharing(database, what, key)


# The charts behind whose bars stand customers that no filter of the list names.
ID_QUESTIONS: Final[dict[str, Callable[[Any, str], tuple[int, ...]]]] = {
    "months": insight.buyers_in_month,
    "rfm_grid": _in_cell,
    "regions": partial(_sharing, "regions"),
    "completeness": partial(_sharing, "completeness"),
}
