"""The desk: the open file and what every page needs to work on it, handed to each constructor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.gui.jobs import Job, Jobs
from crmdesk.gui.later import IdleQueue
from crmdesk.settings import Settings, write_settings
from crmdesk.words.formats import veiled

if TYPE_CHECKING:
    from crmdesk.clock import Clock
    from crmdesk.domain.changes import Changes
    from crmdesk.gui.prompts import Prompts
    from crmdesk.progress import Progress

_NAMES = frozenset({"name", "other"})  # the values of a phrase that name a customer
P = ParamSpec("P")
T = TypeVar("T")


class Work(NamedTuple):
    """Work with a name that the user sees: shown in the progress panel, cancelled from there."""

    text: str
    job: Job


class Desk(QObject):
    """The open file, the clock, the settings, the jobs, the prompts; and the signals that pages live on."""

    leaving = Signal()  # the file is about to go off the desk: what is not written yet is written now
    opened = Signal()  # another file lies on the desk, or none
    editable_changed = Signal(bool)
    changed = Signal(object)  # Changes of a step, also of an undo
    step_done = Signal(object)  # Phrase: the name of the step, for the toast with Undo
    undone = Signal(object, str)  # Changes of a step that was taken back or done again; "undo", "redo" or "undo_step"
    told = Signal(str)  # a short notice without Undo
    saved = Signal(object)  # Path of a file that was written for the user, whose folder may be opened
    work_started = Signal(object)  # Work; editing is disabled until work_ended
    work_moved = Signal(str, object, object)  # what (a code of Progress), done, total (0: unknown)
    work_ended = Signal()
    language_changed = Signal()
    theme_changed = Signal()
    presentation_changed = Signal(bool)
    settings_changed = Signal(object)  # Settings
    # What a page asks of the frame.
    page_wanted = Signal(str)  # "today", "customers", "follow_ups", "insight", "settings"
    customer_wanted = Signal(object)  # id: show this customer's card
    view_wanted = Signal(object)  # id: show this saved view of the list
    customers_wanted = Signal(object)  # CustomerQuery: show these in the list
    log_wanted = Signal(object)  # id of a customer or None: open ＋记一笔
    evening_wanted = Signal()  # open 补记
    import_requested = Signal(object)  # list[Path], empty: ask for files
    export_requested = Signal(object)  # ids of the chosen customers, None: all
    report_requested = Signal()
    password_requested = Signal()
    selected = Signal(object, object)  # count and sum (money or None) for the status bar

    def __init__(self, clock: Clock, settings: Settings, jobs: Jobs, prompts: Prompts, settings_path: Path) -> None:
        super().__init__()
        self.clock = clock
        self.settings = settings
        self.jobs = jobs
        self.prompts = prompts
        self.idle = IdleQueue(self, jobs)
        # The Database of operations.files; Any, for the window may not name a class of the storage room.
        self.database: Any = None
        self.editable = False  # the file is writable and no long step is running
        self.listed_columns: Callable[[], list[str]] | None = None  # the list's, from the left: an export holds them
        self.presenting = False  # 演示模式: hide tier, potential, margin, debt, other names
        self._settings_path = settings_path
        self._working = 0
        self._checked = False

    @property
    def today(self) -> date:
        """The current day of the desk's clock."""
        return self.clock.today()

    def lay(self, database: Any) -> None:  # noqa: ANN401 -- see `database`
        """Put another open file on the desk, or none. It is for reading until `allow_editing`."""
        self.database = database
        self._checked = False
        self.opened.emit()
        self._settle()

    def allow_editing(self) -> None:
        """The file was looked through: from now on it may be written, unless it is open for reading only."""
        self._checked = True
        self._settle()

    def read(self, question: Callable[Concatenate[Any, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Ask the open file on the GUI thread's reading connection: `desk.read(customers.get_customer, id)`."""
        return question(self.database, *args, **named)

    def act(
        self,
        work: Callable[[Progress], Changes],
        *,
        done: Callable[[Changes], None] | None = None,
        busy_text: str = "",
    ) -> Job:
        """Write on the job thread; then `changed`, `done(changes)`, and a toast with Undo. Failures are said.

        With a `busy_text` the work counts as long: the progress panel shows it and editing waits.
        """

        def finish(changes: Changes) -> None:
            self.announce(changes)
            if done is not None:
                done(changes)

        return self.run(work, done=finish, busy_text=busy_text)

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        busy_text: str = "",
    ) -> Job:
        """Run `work` on the job thread; what it raises goes to `failed`, else to the user as a sentence."""
        long = bool(busy_text)
        if long:
            self._hold()

        def ended(then: Callable[[], None]) -> None:
            if long:
                self._release()
            then()

        job = self.jobs.start(
            work,
            done=lambda value: ended(lambda: done(value) if done else None),
            failed=lambda error: ended(lambda: (failed or self.tell_error)(error)),
            cancelled=lambda: ended(cancelled or (lambda: None)),
            moved=self.work_moved.emit if long else None,
        )
        if long and self._working:
            self.work_started.emit(Work(busy_text, job))
        return job

    def announce(self, changes: Changes) -> None:
        """Let every page and the toast know of a step that was done."""
        if changes:
            self.changed.emit(changes)
            self.step_done.emit(changes.name)

    def tell_error(self, error: Exception) -> None:
        """Say an error as a sentence. What is no Refused is logged as kind and place: its text may hold a customer."""
        if isinstance(error, Refused):
            self.prompts.error(error.phrase)
        else:
            _note(error)
            self.prompts.error(Phrase("unexpected", {"kind": type(error).__name__}))

    def undo(self) -> None:
        """Take back the last step."""
        self._replay("undo")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._replay("redo")

    def undo_step(self, step: int) -> None:
        """Take back an older step; what was edited since stays."""
        from crmdesk.operations import history

        self.run(lambda _progress: history.undo_step(self.database, step), done=partial(self._replayed, "undo_step"))

    def set_settings(self, **values: object) -> None:
        """Keep changed settings, in memory and in the settings file."""
        given: dict[str, Any] = values
        before, self.settings = self.settings, self.settings._replace(**given)
        if self.settings == before:
            return
        write_settings(self._settings_path, self.settings)
        self.settings_changed.emit(self.settings)

    def set_presenting(self, on: bool) -> None:
        """Switch 演示模式."""
        self.presenting = on
        self.presentation_changed.emit(on)

    def veil(self, name: str) -> str:
        """A name as it may be shown now: of the others, one who looks on reads the first sign only."""
        return veiled(name) if self.presenting else name

    def shown(self, phrase: Phrase) -> Phrase:
        """A phrase as it may be shown now: with the customers' names veiled while somebody looks on."""
        values = {key: self.veil(str(value)) if key in _NAMES else value for key, value in phrase.values.items()}
        return Phrase(phrase.code, values)

    def _replay(self, way: str) -> None:
        from crmdesk.operations import history

        if self.database is not None and self.editable:
            replay = history.undo if way == "undo" else history.redo
            self.run(lambda _progress: replay(self.database), done=partial(self._replayed, way))

    def _replayed(self, way: str, changes: Changes) -> None:
        self.changed.emit(changes)
        if changes:
            self.undone.emit(changes, way)

    def _hold(self) -> None:
        self._working += 1
        self._settle()

    def _release(self) -> None:
        self._working -= 1
        self._settle()
        if self._working == 0:
            self.work_ended.emit()

    @property
    def working(self) -> bool:
        """Whether a long step is running."""
        return self._working > 0

    def _settle(self) -> None:
        writable = self.database is not None and self._checked and not self.database.read_only
        editable = writable and self._working == 0
        if editable != self.editable:
            self.editable = editable
            self.editable_changed.emit(editable)


def _note(error: Exception) -> None:
    import logging  # neither is needed for the first paint
    from traceback import format_tb

    places = "".join(format_tb(error.__traceback__))
    logging.getLogger(__name__).error("unexpected %s\n%s", type(error).__name__, places)
