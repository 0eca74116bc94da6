"""像是同一家的: pair by pair, why they look like one; made one with a choice per field, or told apart for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.changes import Changes
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.duplicates_sides import Sides
from crmdesk.gui.dialogs.verb_row import verb_row
from crmdesk.gui.jobs import Job
from crmdesk.gui.patience import when_free, while_there
from crmdesk.gui.widgets.pieces import Blank, button, text_label
from crmdesk.i18n import _
from crmdesk.operations import duplicates
from crmdesk.operations.duplicates import DuplicatePair, SideBySide
from crmdesk.words.formats import count
from crmdesk.words.phrases import say, say_done

_SHOWN: Final = 500  # pairs in the list; the next ones follow as these are settled
BLANK_SIZE: Final = QSize(560, 280)
USUAL_SIZE: Final = QSize(980, 640)
_KEYS: Final = {"merge": "Ctrl+Return", "apart": "N", "swap": "S", "undo": "Ctrl+Z"}


class DuplicatesDialog(QDialog):
    """The pairs on the left, the marked one side by side on the right; arrows, Enter, N and S are all it takes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("duplicates")
        self.setWindowTitle(_("Look alike"))
        self.resize(USUAL_SIZE)
        self._desk = desk
        self._pairs: list[DuplicatePair] = []
        self._sides_of: SideBySide | None = None
        self._acting = False
        self._sentence = text_label(self, "muted", "duplicates_sentence", wrap=True)
        self._nothing = Blank(self, "duplicates_nothing", "customers")
        self.pairs = QListWidget(self)
        self.pairs.setObjectName("duplicate_pairs")
        self.pairs.setAccessibleName(_("Look alike"))
        self.pairs.setFixedWidth(300)
        self.pairs.setSpacing(3)
        self.pairs.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.pairs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pairs.currentRowChanged.connect(lambda _row: when_free(self, self._show_marked))
        self.sides = Sides(self)
        self._build_verbs()
        self._lay_out()
        self._bind_keys()
        desk.changed.connect(self._note_changes)
        self._job = self._look()
        self.finished.connect(lambda _result: self._leave())

    # --- putting together ---

    def _build_verbs(self) -> None:
        self.merge_button = self._verb("duplicate_merge", _("They are one: merge"), self.merge, "primary")
        self.apart_button = self._verb("duplicate_apart", _("Not the same"), self.tell_apart, "")
        self.swap_button = self._verb("duplicate_swap", _("Keep the other one"), self.swap, "quiet")
        self.merge_button.setDefault(True)
        self._told = text_label(self, "muted", "duplicate_told")
        self._undo = self._verb("duplicate_undo", _("Undo"), self._desk.undo, "link")
        self._undo.hide()
        self._close = self._verb("duplicate_close", _("Close"), self.reject, "")

    def _verb(self, name: str, text: str, clicked: Callable[[], object], look: str) -> QPushButton:
        made = button(self, name, clicked, look)
        made.setText(text)
        made.setAutoDefault(False)
        key = _KEYS.get(name.removeprefix("duplicate_"))
        if key:
            made.setToolTip(f"{text} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")
        return made

    def _lay_out(self) -> None:
        self._right = scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.sides)
        across = QHBoxLayout()
        across.setSpacing(20)
        across.addWidget(self.pairs)
        across.addWidget(scroll, 1)
        others, told = (self.swap_button, self.apart_button), (self._told, self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(14)
        column.addWidget(self._sentence)
        column.addLayout(across, 1)
        column.addWidget(self._nothing, 1)  # in place of the pairs
        column.addLayout(verb_row(self, self.merge_button, self._close, between=others, left=told))

    def _bind_keys(self) -> None:
        verbs = {"merge": self.merge, "apart": self.tell_apart, "swap": self.swap, "undo": self._desk.undo}
        for name, verb in verbs.items():
            QShortcut(QKeySequence(_KEYS[name]), self).activated.connect(verb)

    # --- the pairs ---

    def _look(self) -> Job:
        self._show_pairs([])
        self._nothing.show_words(_("Looking for customers that look alike…"))
        database = self._desk.database
        return self._desk.run(
            lambda progress: duplicates.find_duplicates(database, progress), done=while_there(self, self._found)
        )

    def _found(self, pairs: list[DuplicatePair]) -> None:
        self._show_pairs(pairs)
        if not pairs:
            self.resize(BLANK_SIZE)  # a sentence needs no large window
        elif self.size() == BLANK_SIZE:
            self.resize(USUAL_SIZE)  # what was undone meanwhile made pairs again
        self.pairs.setFocus()

    def _show_pairs(self, pairs: list[DuplicatePair], row: int = 0) -> None:
        self._pairs = pairs
        self.pairs.blockSignals(True)
        self.pairs.clear()
        veil = self._desk.veil
        for pair in pairs[:_SHOWN]:
            item = QListWidgetItem(f"{veil(pair.first_name)}  =  {veil(pair.second_name)}\n{say(pair.reasons[0])}")
            item.setToolTip(item.text())
            self.pairs.addItem(item)
        self.pairs.setCurrentRow(min(row, self.pairs.count() - 1))
        self.pairs.blockSignals(False)
        for part in (self.pairs, self._right):  # two empty frames would look like something still to come
            part.setVisible(bool(pairs))
        self._say_count()
        when_free(self, self._show_marked)

    def _say_count(self) -> None:
        some = _("{count} pairs look alike. Nothing is changed until you say so, and all of it can be undone.")
        none = _("No two customers look like one")
        self._sentence.setText(some.format(count=count(len(self._pairs))))
        self._sentence.setVisible(bool(self._pairs))
        self._nothing.setVisible(not self._pairs)
        self._nothing.show_words(none, _("Names, phones and addresses were compared"))

    def _marked(self) -> DuplicatePair | None:
        row = self.pairs.currentRow()
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def _show_marked(self) -> None:
        found = self._marked()
        self._sides_of = None
        if found is not None:
            self._sides_of = self._desk.read(duplicates.side_by_side, found.first, found.second)
        self._show_sides(found)

    def _show_sides(self, found: DuplicatePair | None) -> None:
        self.sides.show_pair(found, self._sides_of, with_money=not self._desk.presenting)
        possible = self._sides_of is not None and self._desk.editable
        for made in (self.merge_button, self.apart_button, self.swap_button):
            made.setEnabled(possible)
            made.setVisible(bool(self._pairs))

    # --- what is done with a pair ---

    def merge(self) -> None:
        """Make the marked pair one, as chosen."""
        pair = self._sides_of
        if pair is None or not self._desk.editable:
            return
        keep, other = pair.keep.customer.id, pair.other.customer.id
        choices, database = self.sides.choices(), self._desk.database
        self._act(lambda: duplicates.merge(database, keep, other, choices), {other: keep})

    def tell_apart(self) -> None:
        """Remember that the marked pair is two."""
        pair = self._sides_of
        if pair is None or not self._desk.editable:
            return
        one, other, database = pair.keep.customer.id, pair.other.customer.id, self._desk.database
        self._act(lambda: duplicates.not_same(database, one, other), {})

    def swap(self) -> None:
        """Keep the other one of the marked pair."""
        pair = self._sides_of
        if pair is not None:
            turned = tuple(replace(d, keep=d.other, other=d.keep) for d in pair.differences)
            self._sides_of = SideBySide(pair.other, pair.keep, turned)
            self._show_sides(self._marked())

    def _act(self, verb: Callable[[], Changes], gone: dict[int, int]) -> None:
        found = self._marked()
        self._acting = True
        self._desk.act(lambda _progress: verb(), done=while_there(self, partial(self._settled, found, gone)))

    def _settled(self, found: DuplicatePair | None, gone: dict[int, int], changes: Changes) -> None:
        """Go on to the next pair; what looked like the one that is gone now looks like the one that stayed."""
        self._acting = False
        row = self.pairs.currentRow()
        left: dict[tuple[int, int], DuplicatePair] = {}
        for pair in self._pairs:
            if pair is found:
                continue
            first, second = gone.get(pair.first, pair.first), gone.get(pair.second, pair.second)
            if first != second:
                left.setdefault((min(first, second), max(first, second)), replace(pair, first=first, second=second))
        self._told.setText(say_done(self._desk.shown(changes.name)))
        self._undo.show()
        self._show_pairs(list(left.values()), row)

    def _note_changes(self, _changes: Changes) -> None:
        if not self._acting:
            self._told.clear()
            self._undo.hide()
            self._job = self._look()

    def _leave(self) -> None:
        self._job.cancel()
        self._desk.changed.disconnect(self._note_changes)
