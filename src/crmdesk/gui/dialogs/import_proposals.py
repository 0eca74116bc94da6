"""备注里约好的: appointments that notes name, proposed as follow-ups; each with its sentence and a box to take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from crmdesk.gui.dialogs.after_import import Card
from crmdesk.gui.widgets.pieces import text_label
from crmdesk.i18n import _
from crmdesk.words.formats import day

if TYPE_CHECKING:
    from crmdesk.gui.desk import Desk
    from crmdesk.operations.importing import Proposal

SHOWN = 200
LIST_HEIGHT = 320


def offer_proposals(desk: Desk, proposals: Sequence[Proposal], parent: QWidget | None) -> None:
    """Ask which appointments become follow-ups; without any, nothing is shown."""
    if not proposals:
        return
    dialog = ProposalsDialog(proposals[:SHOWN], parent)
    if desk.prompts.run(dialog) and (chosen := dialog.chosen()):
        from crmdesk.operations.importing_proposals import accept_proposals

        database = desk.database
        desk.act(lambda _progress: accept_proposals(database, chosen))


class ProposalsDialog(Card):
    """A box per appointment, all ticked: one looks them over and takes away what is none."""

    def __init__(self, proposals: Sequence[Proposal], parent: QWidget | None) -> None:
        title = _("Your notes name {count} appointments").format(count=len(proposals))
        super().__init__("import_proposals", title, _("Take those that are still right as follow-ups."), parent)
        self._boxes = [(self._box(place, one), one) for place, one in enumerate(proposals)]
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 4, 4, 4)
        for box, one in self._boxes:
            sentence = text_label(inside, "muted", wrap=True)
            sentence.setText(one.sentence)
            sentence.setIndent(26)
            column.addWidget(box)
            column.addWidget(sentence)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        area.setMinimumHeight(min(LIST_HEIGHT, 56 * len(self._boxes)))
        self.column.addWidget(area)
        self.add_buttons(_("None of them"), _("Take as follow-ups"))

    def chosen(self) -> list[Proposal]:
        """The ticked ones."""
        return [one for box, one in self._boxes if box.isChecked()]

    def _box(self, place: int, one: Proposal) -> QCheckBox:
        box = QCheckBox(f"{day(one.due_on)}  {one.name}", self)
        box.setObjectName(f"proposal_{place}")
        box.setAccessibleName(f"{day(one.due_on)} {one.name}: {one.sentence}")
        box.setChecked(True)
        return box
