"""What the cards of the rules' page share: how a change is told, a titled card, rows, numbers, choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QFrame, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from crmdesk.domain.tier_policy import TierPolicy
from crmdesk.gui.widgets.pieces import text_label

FIELD_WIDTH = 150  # pixels: fields of a card stand below each other


class Editor(Protocol):
    """What a card tells its changes to."""

    def policy(self) -> TierPolicy:
        """The rules as they stand."""

    def put(self, **values: Any) -> None:  # noqa: ANN401 -- fields of the rules
        """Values changed; the fields stay."""

    def reshape(self, policy: TierPolicy) -> None:
        """So much changed that the fields are built anew."""


class Card(QFrame):
    """A titled card of rows."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16, 12, 16, 14)
        self.rows.setSpacing(8)
        heading = text_label(self, "heading")
        heading.setText(title)
        self.rows.addWidget(heading)

    def row(self, text: str, *fields: QWidget) -> None:
        """Words at the left, their fields at the right."""
        words = text_label(self, wrap=True)
        words.setText(text)
        across = QHBoxLayout()
        across.setSpacing(8)
        across.addWidget(words, 1)
        for field in fields:
            if not field.accessibleName():
                field.setAccessibleName(text)
            across.addWidget(field)
        self.rows.addLayout(across)

    def note(self, text: str) -> None:
        """A small sentence."""
        told = text_label(self, "small", wrap=True)
        told.setText(text)
        self.rows.addWidget(told)


class WheelGuard(QObject):
    """Who scrolls the page with the wheel must not change a rule on the way: only a field with the focus listens."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the page have the wheel."""
        if event.type() == QEvent.Type.Wheel and not self._field.hasFocus():
            event.ignore()
            return True
        return False


def choice(
    parent: QWidget, name: str, offered: Sequence[tuple[str, object]], chosen: object, picked: Callable[[Any], object]
) -> QComboBox:
    """A box of (words, value); `picked(value)` is told what the user takes."""
    box = QComboBox(parent)
    box.setObjectName(name)
    box.setMinimumWidth(FIELD_WIDTH)
    WheelGuard(box)
    for text, value in offered:
        box.addItem(text, value)
    box.setCurrentIndex(next((place for place, (_text, value) in enumerate(offered) if value == chosen), -1))
    box.activated.connect(lambda _index: picked(box.currentData()))
    return box


def whole(
    parent: QWidget, name: str, limits: tuple[int, int], value: int, changed: Callable[[int], object], suffix: str = ""
) -> QSpinBox:
    """A whole number within limits."""
    box = QSpinBox(parent)
    box.setObjectName(name)
    box.setRange(*limits)
    box.setValue(value)
    box.setSuffix(suffix)
    box.setMinimumWidth(FIELD_WIDTH)
    WheelGuard(box)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)  # a style sheet does not reach the text's margin
    # A number is told once it is finished: "90" is no 9 on the way.
    box.setKeyboardTracking(False)
    box.valueChanged.connect(changed)
    return box


def decimal(
    parent: QWidget,
    name: str,
    limits: tuple[float, float],
    value: float,
    changed: Callable[[float], object],
    *,
    step: float = 0.1,
    digits: int = 1,
) -> QDoubleSpinBox:
    """A number with digits behind the point within limits."""
    box = QDoubleSpinBox(parent)
    box.setObjectName(name)
    box.setDecimals(digits)
    box.setSingleStep(step)
    box.setRange(*limits)
    box.setValue(value)
    box.setMinimumWidth(FIELD_WIDTH)
    WheelGuard(box)
    box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    box.setKeyboardTracking(False)
    box.valueChanged.connect(changed)
    return box
