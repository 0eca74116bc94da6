"""设置: language, look, how many a day, where things are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.page import Page
from crmdesk.gui.room import lines
from crmdesk.gui.widgets.pieces import button, line, text_label
from crmdesk.i18n import _
from crmdesk.paths import backup_folder

_WIDTH = 34  # lines of text
_SCALES = (90, 100, 110, 125, 150)


class SettingsPage(Page):
    """A card per subject, a row per setting; every change holds at once."""

    name = "settings"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._heading = text_label(self, "title")
        self._texts: list[tuple[QLabel | QPushButton, Callable[[], str]]] = []
        self._language = self._choice("language_choice", lambda value: desk.set_settings(language=value))
        self._theme = self._choice("theme_choice", lambda value: desk.set_settings(theme=value))
        self._scale = self._choice("scale_choice", lambda value: desk.set_settings(text_scale=value))
        self._cap = QSpinBox(self)
        self._cap.setObjectName("daily_cap")
        self._cap.setRange(1, 99)
        self._cap.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
        self._cap.setMinimumWidth(88)
        self._cap.setValue(desk.settings.daily_cap)
        self._cap.valueChanged.connect(lambda value: desk.set_settings(daily_cap=value))
        self._file, self._backups = self._path("data_file"), self._path("backup_folder")
        self._lay_out()
        desk.settings_changed.connect(lambda _settings: self._show_choices())
        self.retranslate()

    def title(self) -> str:
        """设置."""
        return _("Settings")

    def retranslate(self) -> None:
        """Put the texts again."""
        self._heading.setText(_("Settings"))
        for widget, text in self._texts:
            widget.setText(text())
        self._fill(self._language, [("", _("As the system")), ("zh", "中文"), ("en", "English")])
        self._fill(self._theme, [("", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))])
        self._fill(self._scale, [(scale, f"{scale}%") for scale in _SCALES])
        self._show_choices()
        self._show_paths()

    def refresh(self, changes: object) -> None:
        """Name the open file, and whether it is locked."""
        self._show_paths()
        for widget, text in self._texts:
            widget.setText(text())

    def _show_paths(self) -> None:
        database = self.desk.database
        self._file.setText(str(database.path) if database is not None else _("No file is open"))
        self._backups.setText(str(backup_folder()))

    def _show_choices(self) -> None:
        settings = self.desk.settings
        chosen = (
            (self._language, settings.language),
            (self._theme, settings.theme),
            (self._scale, settings.text_scale),
        )
        for box, value in chosen:
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(False)

    def _fill(self, box: QComboBox, choices: Sequence[tuple[object, str]]) -> None:
        box.blockSignals(True)
        box.clear()
        for value, text in choices:
            box.addItem(text, value)
        box.blockSignals(False)

    def _choice(self, name: str, chosen: Callable[[object], None]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setMinimumWidth(180)
        box.activated.connect(lambda _index: chosen(box.currentData()))
        return box

    def _path(self, name: str) -> QLabel:
        label = text_label(self, "muted", name, wrap=True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    # --- layout ---

    def _lay_out(self) -> None:
        inside, cards = QWidget(self), QWidget(self)
        # The cards' width is held here: a card with a most width of its own would be given too little height.
        cards.setMaximumWidth(lines(self, _WIDTH))
        across = QHBoxLayout(inside)
        across.setContentsMargins(24, 15, 24, 24)
        across.addWidget(cards, 100)
        across.addStretch(1)
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addSpacing(8)
        column.addWidget(self._card(self._look_rows()))
        column.addSpacing(8)
        column.addWidget(self._card(self._work_rows()))
        column.addSpacing(8)
        column.addWidget(self._rules_card())
        column.addSpacing(8)
        column.addWidget(self._card(self._file_rows()))
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields are what one goes to
        scroll.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)

    def _look_rows(self) -> list[QHBoxLayout]:
        return [
            self._row(lambda: _("Language"), self._language),
            self._row(lambda: _("Look"), self._theme),
            self._row(lambda: _("Size of the text"), self._scale),
        ]

    def _work_rows(self) -> list[QHBoxLayout]:
        takes = button(self, "set_minutes", self._ask_minutes, "")
        self._texts.append((takes, lambda: _("Change…")))
        return [
            self._row(lambda: _("Customers a day"), self._cap, self._note_cap),
            self._row(
                lambda: _("How long contacts take"), takes, lambda: _("For what a customer costs, under Insight")
            ),
        ]

    def _ask_minutes(self) -> None:
        from crmdesk.gui.dialogs.gift_form import ask_minutes

        if self.desk.database is not None:
            ask_minutes(self.desk, self)

    def _rules_card(self) -> QFrame:
        rules = button(self, "show_policy", lambda: self.desk.page_wanted.emit("policy"), "")
        self._texts.append((rules, lambda: _("Look at the rules")))
        row = self._row(lambda: _("Tier rules"), rules, lambda: _("Who is A, B or C, and why; or no tiers at all"))
        card = self._card([row])
        card.setVisible(not self.desk.presenting)  # whoever looks on does not learn that there are tiers
        self.desk.presentation_changed.connect(lambda on: card.setVisible(not on))
        return card

    def _file_rows(self) -> list[QHBoxLayout]:
        show_file = self._button("show_file", self._open_file_folder)
        show_backups = self._button("show_backups", lambda: self.desk.prompts.show_in_folder(backup_folder()))
        password = button(self, "set_password", self.desk.password_requested.emit, "")
        self._texts.append((password, self._password_verb))
        return [
            self._row(lambda: _("Your data"), show_file, note=self._file),
            self._row(lambda: _("Password"), password, self._password_state),
            self._row(lambda: _("Backups"), show_backups, note=self._backups),
        ]

    def _locked(self) -> bool:
        return self.desk.database is not None and bool(self.desk.database.password)

    def _password_verb(self) -> str:
        return _("Change the password") if self._locked() else _("Set a password")

    def _password_state(self) -> str:
        return (
            _("Your file opens with its password only") if self._locked() else _("Your file opens without a password")
        )

    @staticmethod
    def _note_cap() -> str:
        return _("Today asks for no more than these; the others wait")

    def _row(
        self, text: Callable[[], str], field: QWidget, says: Callable[[], str] | None = None, note: QLabel | None = None
    ) -> QHBoxLayout:
        label = QLabel(self)
        label.setBuddy(field)
        self._texts.append((label, text))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label)
        if says is not None:
            note = text_label(self, "small", wrap=True)
            self._texts.append((note, says))
        if note is not None:
            words.addWidget(note)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(field)
        return row

    def _card(self, rows: Sequence[QHBoxLayout]) -> QFrame:
        card = QFrame(self)
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(14)
        for number, row in enumerate(rows):
            if number:
                column.addWidget(line(card))
            column.addLayout(row)
        return card

    def _button(self, name: str, clicked: Callable[[], None]) -> QPushButton:
        made = button(self, name, clicked, "")
        self._texts.append((made, lambda: _("Open the folder")))
        return made

    def _open_file_folder(self) -> None:
        if self.desk.database is not None:
            self.desk.prompts.show_in_folder(Path(self.desk.database.path))
