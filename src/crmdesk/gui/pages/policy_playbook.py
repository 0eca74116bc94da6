"""What is done with the customers of each level: a line of one's own, that stands in their passports."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from crmdesk.gui.pages.policy_fields import Card, Editor
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _

_LONGEST = 120  # letters: it is read at a glance, while one dials


class PlaybookCard(Card):
    """A line for each level; empty ones say nothing anywhere."""

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(_("What is done with them"), parent)
        self._editor = editor
        self.note(_("A line for each level, as you like; the cards of its customers show it."))
        self._names: list[QLabel] = []
        self._lines: list[QLineEdit] = []
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        policy = editor.policy()
        for place, text in enumerate(policy.playbook or ("",) * len(policy.levels)):
            name = text_label(self, "muted")
            field = QLineEdit(text, self)
            field.setObjectName(f"playbook_{place}")
            field.setMaxLength(_LONGEST)
            field.setPlaceholderText(_("Visit each quarter, at most 5% off …") if not place else "")
            field.textChanged.connect(self._write)
            grid.addWidget(name, place, 0)
            grid.addWidget(field, place, 1)
            self._names.append(name)
            self._lines.append(field)
        self.rows.addLayout(grid)
        self.name_levels()

    def name_levels(self) -> None:
        """Call the lines as the levels are called now."""
        for name, field, level in zip(self._names, self._lines, self._editor.policy().levels, strict=True):
            name.setText(level)
            field.setAccessibleName(_("What is done with {level}").format(level=level))

    def _write(self, _text: str) -> None:
        told = tuple(field.text().strip() for field in self._lines)
        # Rules without any line are the same rules as before there were lines.
        self._editor.put(playbook=told if any(told) else ())
