"""导出 and 等级报告: where to, then the work, then the way to the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.operations import exporting, reporting
from crmdesk.paths import documents_folder
from crmdesk.progress import Progress

WORKBOOKS = "Excel (*.xlsx)"
LISTS = "Excel (*.xlsx);;CSV (*.csv)"


def export_customers(desk: Desk, ids: Sequence[int] | None) -> None:
    """Ask where to, and write the customers (None: all) as a workbook or CSV."""
    path = _ask(desk, _("Export"), _("Customers"), LISTS)
    if path is not None:
        _run(desk, path, lambda progress: exporting.export_customers(desk.database, path, progress, ids), _("Export"))


def write_report(desk: Desk) -> None:
    """Ask where to, and write the tier report in the window's language."""
    path = _ask(desk, _("Tier report"), _("Tier report"), WORKBOOKS)
    if path is not None:
        work = _report(desk, path)
        _run(desk, path, work, _("Tier report"))


def _report(desk: Desk, path: Path) -> Callable[[Progress], object]:
    return lambda progress: reporting.tier_report(desk.database, path, None, progress)


def _ask(desk: Desk, title: str, name: str, kinds: str) -> Path | None:
    suggested = documents_folder() / f"{name} {desk.today.isoformat()}.xlsx"
    path = desk.prompts.save_file(title, suggested, kinds)
    return path.with_suffix(".xlsx") if path is not None and not path.suffix else path


def _run(desk: Desk, path: Path, work: Callable[[Progress], object], text: str) -> None:
    def written(_result: object) -> None:
        desk.told.emit(_("Saved to {path}").format(path=path))

    desk.run(work, done=written, busy_text=text)
