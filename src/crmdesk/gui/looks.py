"""Gives a widget a look of the style sheet, also when it is shown already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_look(widget: QWidget, look: str, value: object = True) -> None:
    """Set a property that the style sheet knows (`primary`, `quiet`, `card`, …); it looks only when asked anew."""
    widget.setProperty(look, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
