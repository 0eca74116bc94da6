"""The buttons at the foot of a dialog, in the order that the user's system has them: one order in the whole program."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QPushButton, QStyle, QWidget

SPACING: Final = 8
# Windows and KDE put the verb before 取消, macOS and GNOME behind it; QDialogButtonBox knows it and asks the same.
_VERB_FIRST: Final = (QDialogButtonBox.ButtonLayout.WinLayout.value, QDialogButtonBox.ButtonLayout.KdeLayout.value)


def verb_row(
    dialog: QWidget,
    yes: QPushButton,
    no: QPushButton | None = None,
    *,
    between: Sequence[QPushButton] = (),
    left: Sequence[QWidget] = (),
) -> QHBoxLayout:
    """`yes` does it, `no` leaves; `between` are other ways to go on, `left` is what belongs to neither."""
    way = dialog.style().styleHint(QStyle.StyleHint.SH_DialogButtonLayout, None, dialog)
    ends = [no] if no is not None else []
    right = [*between, yes, *ends] if way in _VERB_FIRST else [*ends, *between, yes]
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    for widget in left:
        row.addWidget(widget)
    row.addStretch(1)
    for button in right:
        row.addWidget(button)
    # The keys follow the eye.
    for before, after in pairwise(right):
        QWidget.setTabOrder(before, after)
    return row
