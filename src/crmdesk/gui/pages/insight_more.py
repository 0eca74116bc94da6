"""更多图表: what the further charts show, fetched one after the other once somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QWidget

from crmdesk.charts.drawings import further
from crmdesk.domain.phrase import Phrase
from crmdesk.gui.desk import Desk
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.operations import insight_more

if TYPE_CHECKING:
    from crmdesk.charts.drawings import Draw

FURTHER: Final = tuple(insight_more.FURTHER)
# They name tiers, potential, losses or customers, which somebody who looks over the shoulder shall not see.
HIDDEN: Final = frozenset(
    {
        "rising",
        "unprofitable",
        "tier_moves",
        "attention",
        "churn",
        "effort",
        "value_potential",
        "loss_reasons",
        "win_backs",
        "satisfaction",
        "funnel",
        "source_yield",
    }
)
NOT_ASKED_KEY: Final = "?"  # a bar without a key could not be clicked


class FurtherCharts:
    """The values of the further charts as they arrive; `changed` is told the name of each."""

    def __init__(self, desk: Desk, changed: Callable[[str], None]) -> None:
        self._desk = desk
        self._changed = changed
        self._found: dict[str, Any] = {}
        self._round = 0
        self._waiting = 0

    @property
    def ready(self) -> bool:
        """Whether nothing is on its way."""
        return self._waiting == 0

    def fetch(self) -> None:
        """Work all of them out anew on the job thread, one job each, so that other work gets in between."""
        self._round += 1
        self._waiting = len(FURTHER)
        for name in FURTHER:
            self._fetch(name, self._round)

    def forget(self) -> None:
        """What was found is of before; nothing more is wanted of what is on its way."""
        self._round += 1
        self._waiting = 0
        self._found.clear()

    def _fetch(self, name: str, asked: int) -> None:
        database = self._desk.database

        def arrived(found: Any) -> None:  # noqa: ANN401 - each chart has values of its own
            if asked == self._round:
                self._waiting -= 1
                self._found[name] = found
                self._changed(name)

        def failed(error: Exception) -> None:
            if asked == self._round and database is self._desk.database:
                self._waiting -= 1
                self._desk.tell_error(error)

        self._desk.run(lambda _progress: insight_more.FURTHER[name](database), done=arrived, failed=failed)

    def drawings(self) -> Iterator[tuple[str, Draw]]:
        """Each chart whose data suffice, in the order of the page."""
        for name in FURTHER:
            found = self._found.get(name)
            if found is not None and not (self._desk.presenting and name in HIDDEN):
                yield name, further(name, found)

    def ids(self, name: str, key: str) -> tuple[int, ...]:
        """The customers behind what was clicked."""
        found = self._found[name]
        return tuple(found.ids("" if key == NOT_ASKED_KEY else key))


class ProofLine:
    """What makes people note facts, as a sentence: the fact that goes with coming again most of all."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._desk = desk
        self._round = 0
        self._proved: tuple[Phrase, ...] = ()
        self.label = text_label(parent, "muted", "insight_proof", wrap=True)

    def fetch(self) -> None:
        """Look anew on the job thread."""
        self._round += 1
        asked, database = self._round, self._desk.database

        def arrived(found: tuple[Phrase, ...]) -> None:
            if asked == self._round:
                self._proved = found
                self.retranslate()

        def failed(error: Exception) -> None:
            if asked == self._round and database is self._desk.database:
                self._desk.tell_error(error)

        self._desk.run(lambda _progress: _proof(database), done=arrived, failed=failed)

    def retranslate(self) -> None:
        """Say it again; nothing where the customers prove nothing."""
        self.label.setVisible(bool(self._proved))
        if self._proved:
            # Every sentence there is loads with it, and mostly none is needed.
            from crmdesk.words.phrases import say

            self.label.setText(" ".join(say(one) for one in self._proved))


def _proof(database: Any) -> tuple[Phrase, ...]:  # noqa: ANN401 - see Desk.database
    from crmdesk.operations.proof import noted_facts
    from crmdesk.words.proof import proof_phrase

    return tuple(proof_phrase(one) for one in noted_facts(database)[:1])
