"""分析: what it all adds up to. Every chart's title is its sentence; a click opens the customers behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from crmdesk.domain.changes import Changes
from crmdesk.domain.insight import CountRow, Insight
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.query import CustomerQuery
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.page import Page
from crmdesk.gui.pages.pieces import EmptyState, text_label
from crmdesk.i18n import _
from crmdesk.operations import insight
from crmdesk.words.labels import label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from crmdesk.charts.look import ChartLook
    from crmdesk.gui.widgets.chart_card import ChartCard, Draw

    DrawShares = Callable[[Figure, str, list[tuple[str, str, int]], ChartLook], None]

COLUMNS: Final = 2
SHOWN_QUIET: Final = 8
MORE: Final = ("pareto", "rfm_grid")
PICTURES: Final = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class InsightPage(Page):
    """The charts that the data allow, in two columns; the rarer ones behind 更多图表."""

    name = "insight"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._insight: Insight | None = None
        self._cards: dict[str, ChartCard] = {}
        self._heading = text_label(self, "title", "insight_title")
        self._as_of = text_label(self, "muted", "insight_as_of")
        self.more = QPushButton(self)
        self.more.setObjectName("more_charts")
        self.more.setCheckable(True)
        self.more.setProperty("quiet", "true")
        self.more.toggled.connect(self._arrange)
        self.report = QPushButton(self)
        self.report.setObjectName("tier_report")
        self.report.setProperty("primary", "true")
        self.report.clicked.connect(lambda _checked=False: desk.report_requested.emit())
        self._grid_holder = QWidget(self)
        self._grid_holder.setObjectName("page_stack")
        self._grid = QGridLayout(self._grid_holder)
        self._empty = EmptyState(self, "insight_empty")
        self._empty.acted.connect(lambda: desk.import_requested.emit([]))
        self._lay_out()
        self.retranslate()

    def title(self) -> str:
        """分析."""
        return _("Insight")

    def refresh(self, changes: Changes | None) -> None:
        """Read everything anew; each chart is drawn in an idle slot of its own."""
        self._insight = self.desk.read(insight.insight)
        self._as_of.setText(self._day())
        self._show_charts()

    def retranslate(self) -> None:
        """Put the texts again, those in the charts included."""
        self._heading.setText(_("Insight"))
        self._as_of.setText(self._day())
        self.more.setText(_("Fewer charts") if self.more.isChecked() else _("More charts"))
        self._name_report()
        self._empty.say(_("With customers in it, this page says what they add up to."), _("Choose a file"))
        if self._insight is not None:
            self._show_charts()
        for card in self._cards.values():
            card.retranslate()

    def restyle(self) -> None:
        """Draw the charts in the colours of the theme."""
        for card in self._cards.values():
            card.draw_soon()

    def ready(self) -> bool:
        """Whether every chart in sight is drawn."""
        return self._insight is not None and all(card.drawn for card in self._cards.values() if card.isVisible())

    def _day(self) -> str:
        found = self._insight
        if found is None or found.as_of == self.desk.today:
            return ""
        return _("as of {day}, the last order").format(day=found.as_of)

    def _name_report(self) -> None:
        tiered = self._insight is None or self._insight.has_money
        self.report.setText(_("Tier report") if tiered else _("Customer report"))

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
            card.save_wanted.connect(partial(self._save, name))
            self._cards[name] = card
        return self._cards[name]

    def _arrange(self) -> None:
        """Put the charts that have something to say into the grid, in order."""
        wanted = self._wanted()
        for card in self._cards.values():
            card.hide()
            self._grid.removeWidget(card)
        for place, name in enumerate(wanted):
            self._grid.addWidget(self._cards[name], place // COLUMNS, place % COLUMNS)
            self._cards[name].show()
        self.more.setVisible(any(name in MORE for name in self._available()))
        self.more.setText(_("Fewer charts") if self.more.isChecked() else _("More charts"))
        self._empty.setVisible(not wanted)
        self._grid_holder.setVisible(bool(wanted))
        self.report.setEnabled(bool(wanted))

    def _available(self) -> list[str]:
        return [name for name, _draw in self._drawings(self._insight)] if self._insight else []

    def _wanted(self) -> list[str]:
        return [name for name in self._available() if name not in MORE or self.more.isChecked()]

    def _drawings(self, found: Insight) -> Iterator[tuple[str, Draw]]:
        """Each chart that the data allow; none for those that they do not."""
        from crmdesk.charts import people, value

        if found.tiers and not self.desk.presenting:
            yield "tiers", lambda figure, look: value.draw_tiers(figure, found.tiers, look)
        if found.has_money and found.stages:
            yield "stages", lambda figure, look: people.draw_stages(figure, found.stages, look)
        if found.months:
            yield "months", lambda figure, look: value.draw_months(figure, found.months, look)
        if found.quiet:
            quiet = found.quiet[:SHOWN_QUIET]
            yield "quiet", lambda figure, look: people.draw_quiet(figure, quiet, look)
        if found.pareto and found.buyers_for_80:
            needed = found.buyers_for_80 / found.buyers
            yield "pareto", lambda figure, look: value.draw_pareto(figure, found.pareto, needed, look)
        if found.rfm_grid:
            yield "rfm_grid", lambda figure, look: value.draw_rfm_grid(figure, found.rfm_grid, look)
        yield from self._shares(found)

    def _shares(self, found: Insight) -> Iterator[tuple[str, Draw]]:
        from crmdesk.charts import people

        for name, title, rows in (
            ("intents", _("How likely they are to buy"), found.intents),
            ("regions", _("Where they are"), found.regions),
            ("sources", _("Where they came from"), found.sources),
            ("completeness", _("How much is known of them"), found.completeness),
        ):
            if len(rows) > 1:
                shares = [(row.value, _share_words(name, row), row.customers) for row in rows]
                yield name, partial(_swapped, people.draw_shares, title, shares)

    def _open(self, name: str, key: str) -> None:
        if name == "quiet":
            self.desk.customer_wanted.emit(int(key))
            return
        query = self._query(name, key)
        if query is not None:
            self.desk.customers_wanted.emit(query)

    def _query(self, name: str, key: str) -> CustomerQuery | None:
        if name == "tiers":
            return CustomerQuery(tiers=(key,))
        if name == "stages":
            return CustomerQuery(stages=(key,))
        if name == "intents":
            return CustomerQuery(intents=(key,))
        if name == "months":
            return CustomerQuery(ids=self.desk.read(insight.buyers_in_month, key))
        if name == "rfm_grid":
            recency, frequency = key.split(",")
            return CustomerQuery(ids=self.desk.read(insight.buyers_in_cell, int(recency), int(frequency)))
        return None

    def _save(self, name: str) -> None:
        path = self.desk.prompts.save_file(_("Save the picture"), Path(f"{name}.png"), PICTURES)
        if path is None:
            return
        try:
            self._cards[name].save_picture(path)
        except (OSError, ValueError) as error:
            self.desk.prompts.error(Phrase("cannot_write", {"path": str(path), "why": str(error)}))
        else:
            self.desk.told.emit(_("Saved to {path}").format(path=path))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading)
        head.addWidget(self._as_of, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        head.addWidget(self.more)
        head.addWidget(self.report)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._grid_holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._empty, 1)
        column.addWidget(scroll, 1)


def _swapped(draw: DrawShares, title: str, shares: list[tuple[str, str, int]], figure: Figure, look: ChartLook) -> None:
    draw(figure, title, shares, look)


def _share_words(name: str, row: CountRow) -> str:
    if name == "intents":
        return label("intent", row.value)
    if name == "completeness":
        low = int(row.value)
        return f"{low}–{low + 25}%"
    return row.value or _("not known")
