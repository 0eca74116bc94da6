"""Asking where a file is to go, and writing it there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from crmdesk.gui.desk import Desk
from crmdesk.paths import documents_folder
from crmdesk.progress import Progress

WORKBOOKS: Final = "Excel (*.xlsx)"
Work = Callable[[Path, Progress], object]


def save_as(desk: Desk, title: str, name: str, kinds: str, work: Work, ending: str = ".xlsx") -> None:
    """Ask where to, do the work, and say where it went."""
    suggested = documents_folder() / f"{name} {desk.today.isoformat()}{ending}"
    path = desk.prompts.save_file(title, suggested, kinds)
    if path is None:
        return
    target = path if path.suffix else path.with_suffix(ending)

    def written(_result: object) -> None:
        desk.saved.emit(target)

    desk.run(partial(work, target), done=written, busy_text=title)
