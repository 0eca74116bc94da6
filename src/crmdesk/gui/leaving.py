"""Before the file leaves the desk: what somebody wrote and did not save is saved, or left with a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from crmdesk.gui.desk import Desk
from crmdesk.i18n import _
from crmdesk.words import formats

if TYPE_CHECKING:
    from crmdesk.domain.changes import Changes
    from crmdesk.domain.interaction import Said


class Leaving:
    """`unsaved()` gives the notes begun; `forget()` lets them go."""

    def __init__(self, desk: Desk, unsaved: Callable[[], Sequence[Said]], forget: Callable[[], None]) -> None:
        self._desk = desk
        self._unsaved = unsaved
        self._forget = forget

    def free(self) -> bool:
        """Whether nothing would be lost."""
        return self._desk.database is None or not self._unsaved()

    def ask_first(self, go: Callable[[], None]) -> None:
        """Go at once where nothing is unsaved; else once it is saved, or given up. Cancelled, nothing happens."""
        said = () if self._desk.database is None else self._unsaved()
        if not said:
            go()
            return
        from crmdesk.operations import listing

        whom = list(dict.fromkeys(one.interaction.customer_id for one in said))
        rows = self._desk.read(listing.customer_rows, whom, ("name",))
        told = _("What you wrote about {names} is not saved yet.").format(
            names=formats.names([self._desk.veil(str(name)) for _id, name in rows])
        )
        verbs = [_("Save"), _("Leave without it")] if self._desk.editable else [_("Leave without it")]
        chosen = self._desk.prompts.ask_choice(_("Not saved yet"), told, verbs)
        if chosen is None:
            return
        if self._desk.editable and chosen == 0:
            self._save(said, go)
        else:
            self._forget()
            go()

    def _save(self, said: Sequence[Said], go: Callable[[], None]) -> None:
        from crmdesk.operations import interactions

        database = self._desk.database

        def saved(_changes: Changes) -> None:
            self._forget()
            go()

        self._desk.act(lambda _progress: interactions.log_all(database, said), done=saved)
