"""The line at the bottom: the file, saved and backed up, what is selected."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from crmdesk.gui.icons import set_icon
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.words.formats import clock_time, count, money, short_day


class StatusBar(QFrame):
    """我的客户.crmdesk · 已保存 14:03 · 已备份 13:30      选中 3 · 合计 ¥24,600."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("status_bar")
        self._shield = QLabel(self)
        set_icon(self._shield, "shield", "accent_text", 14)
        self._shield.setToolTip(_("The last backup was read back and is sound"))
        self._state = text_label(self, name="save_state")
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._selection = text_label(self, name="selection_sum")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(6)
        row.addWidget(self._shield)
        row.addWidget(self._state, 1)
        row.addWidget(self._selection)

    def show_file(self, path: Path | None) -> None:
        """Before anything is known of the file but its name."""
        self._shield.setVisible(path is not None)
        self._state.setText(path.name if path else _("No file is open"))
        self._state.setToolTip(str(path or ""))

    def show_state(
        self, path: Path, saved: datetime | None, backed_up: datetime | None, verified: bool, now: datetime
    ) -> None:
        """The file, when it was saved, when it was backed up and whether the backup was read back."""
        parts = [path.name]
        if saved is not None:
            parts.append(_("saved {time}").format(time=_moment(saved, now)))
        if backed_up is None:
            parts.append(_("not backed up yet"))
        elif verified:
            parts.append(_("backed up {time}").format(time=_moment(backed_up, now)))
        else:
            parts.append(_("backup {time} could not be verified").format(time=_moment(backed_up, now)))
        self._shield.setVisible(backed_up is not None and verified)
        self._state.setText(" · ".join(parts))
        self._state.setToolTip(str(path))

    def show_selection(self, chosen: int, total: int | None) -> None:
        """How many are selected and what they bought; nothing for one or none."""
        if chosen < 2:
            self._selection.clear()
            return
        text = _("{count} selected").format(count=count(chosen))
        if total is not None:
            text += " · " + _("sum {money}").format(money=money(total))
        self._selection.setText(text)

    def text(self) -> str:
        """What the line says about the file."""
        return self._state.text()


def _moment(moment: datetime, now: datetime) -> str:
    if moment.date() == now.date():
        return clock_time(moment)
    return f"{short_day(moment, now.date())} {clock_time(moment)}"
