"""跟进: everything that is due, and everything done. Several at once are moved, spread, completed, stopped."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crmdesk.domain.changes import Changes, Kind
from crmdesk.domain.interaction import Interaction, Said
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.deeds import act
from crmdesk.gui.pages.flow import FlowLayout
from crmdesk.gui.pages.follow_ups_model import (
    Line,
    done_columns,
    done_line,
    heading,
    open_columns,
    open_line,
)
from crmdesk.gui.pages.follow_ups_table import FollowUpTable
from crmdesk.gui.pages.next_date import offer_days
from crmdesk.gui.pages.note_box import Note, NoteBox
from crmdesk.gui.pages.page import Page
from crmdesk.gui.widgets.pieces import Elided, EmptyState, MenuButton, button, text_label
from crmdesk.i18n import _, translatable
from crmdesk.operations import follow_ups, interactions

GROUPS: Final[tuple[tuple[Literal["overdue", "today", "week", "later"], str], ...]] = (
    ("overdue", translatable("Past")),
    ("today", translatable("Today")),
    ("week", translatable("Within the week")),
    ("later", translatable("Later")),
)
UNTOUCHED: Final = frozenset({Kind.PRODUCTS, Kind.RECEIPTS, Kind.TAGS, Kind.SETTINGS})
MOST_DONE: Final = 1000
JUDGED: Final = (2, 3)  # tier and stage: not drawn where there are none, or none to be seen


class FollowUpsPage(Page):
    """待跟进 in groups with the note box under it, or 已做."""

    name = "follow_ups"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._heading = text_label(self, "title", "follow_ups_title")
        self._modes = QButtonGroup(self)
        self._complete = button(self, "follow_up_done", self.complete, "")
        self._move = MenuButton(self, "follow_up_move", self._offer, "")
        self._spread = button(self, "follow_up_spread", self.spread, "")
        self._stop = button(self, "follow_up_stop", self.stop_following, "")
        self._delete = button(self, "follow_up_delete", self.delete, "")
        self.open_table = FollowUpTable("open_table", self)
        self.done_table = FollowUpTable("done_table", self)
        self._empty = EmptyState(self, "follow_ups_empty", "calendar")
        self._stack = QStackedWidget(self)
        self._note_card = QFrame(self)
        self._who = Elided(self._note_card, bold=True)
        self.note = NoteBox(desk, self._note_card)
        self._noted: Line | None = None
        self._drafts: dict[int, Note] = {}
        self._lay_out()
        self._connect()
        self.retranslate()

    def title(self) -> str:
        """跟进."""
        return _("Follow-ups")

    def focus_search(self) -> None:
        """The table; from there J, K and the letters."""
        table = self.done_table if self._modes.checkedId() == 1 else self.open_table
        table.setFocus()
        if not table.selected():
            table.select_first()

    def refresh(self, changes: Changes | None) -> None:
        """Read both lists anew, unless the step cannot have changed them."""
        if changes is None or not changes.kinds <= UNTOUCHED:
            self._read_open()
            self._read_done()
            self._show_mode()

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Follow-ups"))
        self._modes.button(0).setText(_("Due"))
        self._modes.button(1).setText(_("Done log"))
        self._complete.setText(_("Complete"))
        self._move.say(_("Reschedule"))
        self._spread.setText(_("Spread evenly"))
        self._stop.setText(_("Stop following"))
        self._delete.setText(_("Delete"))
        keys = ((self._complete, "D"), (self._move, "R"), (self._spread, "S"), (self._stop, "X"), (self._delete, "Del"))
        for verb, key in keys:
            verb.setToolTip(key)
        self._empty.say(_("Nothing planned."), _("Look at the customers"))
        self._name_columns()
        self.note.retranslate()
        self.note.set_save_text(_("Save, next"))
        self._renew(None)  # the lines hold words too; out of sight they are read when they are seen again

    def complete(self) -> None:
        """One goes with what stands in the note box; several go without words."""
        chosen = self.open_table.selected()
        if len(chosen) == 1 and (self.note.text() or self.note.outcome()):
            self.note.save()
        elif chosen:
            ids = [line.id for line in chosen]
            act(self.desk, lambda db: follow_ups.complete_many(db, ids))

    def reschedule(self, day: date | None) -> None:
        """Move the chosen ones to a day."""
        ids = [line.id for line in self.open_table.selected()]
        if ids and day is not None:
            act(self.desk, lambda db: follow_ups.reschedule(db, ids, day))

    def spread(self) -> None:
        """Spread the chosen ones over the coming days."""
        ids = [line.id for line in self.open_table.selected()]
        if not ids:
            return
        from crmdesk.gui.dialogs.spread import SpreadDialog

        first = self.desk.today + timedelta(days=1)
        dialog = SpreadDialog(len(ids), first, self.desk.settings.daily_cap, self)
        if self.desk.prompts.run(dialog):
            first, per_day = dialog.first_day(), dialog.per_day()
            act(self.desk, lambda db: follow_ups.spread_evenly(db, ids, first, per_day))

    def stop_following(self) -> None:
        """不再跟进 for the chosen ones' customers."""
        ids = list(dict.fromkeys(line.customer_id for line in self.open_table.selected()))
        from crmdesk.gui.dialogs.loss_form import stop_following

        stop_following(self.desk, ids, self)

    def delete(self) -> None:
        """Delete the chosen ones; nothing is asked, for the toast offers them back."""
        ids = [line.id for line in self.open_table.selected()]
        if ids:
            act(self.desk, lambda db: follow_ups.delete_follow_ups(db, ids))

    def _read_open(self) -> None:
        lines: list[Line] = []
        today, presenting = self.desk.today, self.desk.presenting
        for view, name in GROUPS:
            rows = self.desk.read(follow_ups.list_follow_ups, view)
            if rows:
                lines.append(heading(_(name), len(rows)))
                lines += [open_line(row, today, presenting=presenting) for row in rows]
        self.open_table.show_lines(lines)
        # Without purchases nobody has a tier: then there is no such column.
        for column in JUDGED:
            self.open_table.setColumnHidden(column, not any(line.values[column] for line in lines if line.id))

    def _read_done(self) -> None:
        rows = self.desk.read(interactions.list_interactions, MOST_DONE)
        self.done_table.show_lines([done_line(row, self.desk.today, presenting=self.desk.presenting) for row in rows])

    def _show_mode(self) -> None:
        done = self._modes.checkedId() == 1
        table = self.done_table if done else self.open_table
        self._stack.setCurrentWidget(table if table.lines() else self._empty)
        for verb in (self._complete, self._move, self._spread, self._stop, self._delete):
            verb.setVisible(not done)
        self._show_picked()

    def _show_picked(self) -> None:
        chosen = self.open_table.selected() if self._modes.checkedId() == 0 else []
        for verb in (self._complete, self._move, self._stop, self._delete):
            verb.setEnabled(bool(chosen) and self.desk.editable)
        self._spread.setEnabled(len(chosen) > 1 and self.desk.editable)
        if self._noted is not None:
            self._drafts[self._noted.id] = self.note.note()
        one = chosen[0] if len(chosen) == 1 else None
        if one is not None and (self._noted is None or self._noted.id != one.id):
            self.note.start("", None, self._drafts.get(one.id))
        self._noted = one
        if one is not None:
            self._who.set_full(" · ".join(part for part in (one.values[1], one.values[0], one.values[5]) if part))
        self._note_card.setVisible(one is not None)
        self.desk.selected.emit(len(chosen), None)

    def unsaved(self) -> list[Said]:
        """What was begun in the note box; it completes the line it stands under."""
        self._show_picked()  # which keeps what stands in the box
        owners = {line.id: line.customer_id for line in self.open_table.lines()}
        now = self.desk.clock.now()
        begun = [(one, note) for one, note in self._drafts.items() if note.begun and one in owners]
        return [note.said(owners[one], now, one) for one, note in begun]

    def forget_unsaved(self) -> None:
        """Let go of it."""
        self._drafts.clear()
        self.note.start()

    def _save(self, note: Note) -> None:
        line = self._noted
        if line is None:
            return
        said = Interaction(line.customer_id, self.desk.clock.now(), note.kind, note.outcome, note.text)
        act(
            self.desk,
            lambda db: interactions.log_interaction(
                db, said, next_on=note.next_on, completes=line.id, proposed=not note.own_day
            ),
            done=partial(self._saved, line.id),
        )

    def _saved(self, follow_up_id: int, _changes: Changes) -> None:
        self._drafts.pop(follow_up_id, None)
        if self._note_card.isVisible():
            self.note.edit.setFocus()

    def _key(self, key: int) -> None:
        verbs = {
            Qt.Key.Key_D: self.complete,
            Qt.Key.Key_R: self._move.open,
            Qt.Key.Key_S: self.spread,
            Qt.Key.Key_X: self.stop_following,
            Qt.Key.Key_Delete: self.delete,
        }
        verb = verbs.get(Qt.Key(key))
        if verb is not None:
            verb()

    def _offer(self, menu: QMenu) -> None:
        offer_days(menu, self.desk, self.reschedule)

    def _name_columns(self) -> None:
        self.open_table.set_columns(open_columns())
        self.done_table.set_columns(done_columns())
        self.open_table.setAccessibleName(_("Due"))
        self.done_table.setAccessibleName(_("Done log"))

    def _lay_out(self) -> None:
        head = FlowLayout(spacing=8)
        head.addWidget(self._heading)
        for number, name in enumerate(("mode_due", "mode_done")):
            mode = QPushButton(self)
            mode.setObjectName(name)
            mode.setCheckable(True)
            mode.setProperty("segment", True)
            self._modes.addButton(mode, number)
            head.addWidget(mode)
        self._modes.button(0).setChecked(True)
        head.add_gap()
        for verb in (self._complete, self._move, self._spread, self._stop, self._delete):
            head.addWidget(verb)
        self._note_card.setProperty("card", True)
        card = QVBoxLayout(self._note_card)
        card.setContentsMargins(16, 12, 16, 12)
        card.setSpacing(8)
        card.addWidget(self._who)
        card.addWidget(self.note)
        for table in (self.open_table, self.done_table, self._empty):
            self._stack.addWidget(table)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self._note_card)

    def _connect(self) -> None:
        self._modes.idClicked.connect(lambda _mode: self._show_mode())
        self.open_table.picked.connect(self._show_picked)
        self.desk.editable_changed.connect(lambda _editable: self._show_picked())
        self.open_table.key_pressed.connect(self._key)
        for table in (self.open_table, self.done_table):
            table.opened.connect(self.desk.customer_wanted)
        self.note.saved.connect(self._save)
        self.note.moved.connect(self.open_table.step)
        self.note.left.connect(self.open_table.setFocus)
        self._empty.acted.connect(lambda: self.desk.page_wanted.emit("customers"))
