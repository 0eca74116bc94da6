"""What users wrote is shown as they wrote it: "<b>" in a name is four signs, not bold."""

from __future__ import annotations


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it stands. Qt reads tooltips as HTML where they look like it."""
    if "<" not in text:
        return text
    from html import escape  # hardly ever needed, and never for the first page

    return f"<p style='white-space:pre-wrap'>{escape(text)}</p>"
