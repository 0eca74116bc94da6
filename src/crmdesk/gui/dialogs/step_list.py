"""What history, bin and imports share: steps of the file, each with its way back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from crmdesk.gui.desk import Desk
from crmdesk.gui.dialogs.record_list import RecordList


class StepList(RecordList):
    """Steps that can be taken back one by one; read anew after every change, also one made elsewhere."""

    def __init__(
        self, desk: Desk, name: str, title: str, sentence: str, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, title, sentence, verb, parent)
        self._desk = desk
        desk.changed.connect(self._fill_again)
        self.fill()

    def _fill_again(self, _changes: object) -> None:
        self.fill()

    def fill(self) -> None:
        """Read the steps and show them; the target of a line is its step."""
        raise NotImplementedError

    def act(self, target: object) -> None:
        """Take the step back."""
        if isinstance(target, int):
            self._desk.undo_step(target)
