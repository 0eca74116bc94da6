"""Ctrl+V in the customer list: what the cells of a sheet would change, shown before it is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crmdesk.domain.round_trip import Differences
from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.round_trip import RoundTripDialog
from crmdesk.i18n import _


def paste(desk: Desk, text: str, keys: Sequence[str], ids: Sequence[int], parent: QWidget | None) -> None:
    """Compare a pasted block with the customers `ids` in the columns `keys`, and take what the user accepts."""
    from crmdesk.operations import pasting_cells

    database = desk.database
    desk.run(
        lambda progress: pasting_cells.compare(database, text, keys, ids, progress),
        done=lambda found: _take(desk, found, parent),
        busy_text=_("Comparing"),
    )


def _take(desk: Desk, found: Differences, parent: QWidget | None) -> None:
    if not found:
        desk.told.emit(_("What was pasted is all here already."))
        return
    dialog = RoundTripDialog(found, parent, pasted=True)
    if not desk.prompts.run(dialog):
        return
    from crmdesk.operations import pasting_cells, round_trip

    database, chosen = desk.database, dialog.chosen
    desk.act(lambda progress: round_trip.apply(database, found, chosen, progress, pasting_cells.STEP))
