"""What users wrote is shown as they wrote it: "<b>" in a name is four signs, not bold."""

from __future__ import annotations

from html import escape


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it stands. Qt reads tooltips as HTML where they look like it."""
    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>" if "<" in text else text
