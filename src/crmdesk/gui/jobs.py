"""Long work off the GUI thread: one worker that owns the writing connection."""

from __future__ import annotations

import contextvars
import time
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from crmdesk.progress import Cancelled, Progress

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")
Done = Callable[[T], None]
Moved = Callable[[str, int, int], None]

_REPORTS_APART = 0.05  # seconds; a report a row would drown the event loop


class Job:
    """Work that was started; `cancel()` asks it to stop at its next report."""

    def __init__(self, progress: Progress | None = None) -> None:
        self.progress = progress or Progress()

    def cancel(self) -> None:
        """Ask the work to stop. It answers through the `cancelled` callback, and has kept nothing."""
        self.progress.cancel()


class Jobs(QObject):
    """Runs one piece of work after another on a thread of its own; callbacks run on the GUI thread."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pending = 0
        # Queued, so a callback never runs on the worker, and never inside the code that started the work.
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor  # the first work comes after the first paint

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="crmdesk-job")

    def start(
        self,
        work: Callable[[Progress], T],
        *,
        done: Done[T] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        moved: Moved | None = None,
    ) -> Job:
        """Queue `work`; exactly one of `done(value)`, `failed(error)`, `cancelled()` is called when it ends."""
        self._pending += 1
        job = Job(Progress(self._reporter(moved) if moved else None))
        context = contextvars.copy_context()  # the language: texts made on the worker are in the user's
        self._submit(partial(context.run, self._run, work, job, done, failed, cancelled))
        return job

    @property
    def idle(self) -> bool:
        """Whether everything that was started has ended and told so."""
        return self._pending == 0

    def finish(self) -> None:
        """Wait until what was started so far has run."""
        if "_pool" in vars(self):
            self._pool.submit(lambda: None).result()

    def stop(self) -> None:
        """Finish what was started and take nothing more. Blocks until the worker is idle."""
        self._pool.shutdown(wait=True)

    def _submit(self, task: Callable[[], None]) -> None:
        self._pool.submit(task)

    def _post(self, callback: Callable[[], None]) -> None:
        self._arrived.emit(callback)

    @Slot(object)
    def _call(self, callback: Callable[[], None]) -> None:
        callback()

    def _run(
        self,
        work: Callable[[Progress], Any],
        job: Job,
        done: Done[Any] | None,
        failed: Callable[[Exception], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> None:
        try:
            value = work(job.progress)
        except Cancelled:
            self._post(partial(self._end, cancelled))
        except Exception as error:  # noqa: BLE001 -- the worker is the outermost frame: the error goes to the window
            if failed is None:
                _note_failure(error)
            self._post(partial(self._end, partial(failed, error) if failed else None))
        else:
            self._post(partial(self._end, partial(done, value) if done else None))

    def _end(self, callback: Callable[[], None] | None) -> None:
        self._pending -= 1
        if callback is not None:
            callback()

    def _reporter(self, moved: Moved) -> Moved:
        last = 0.0

        def report(what: str, count: int, total: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= _REPORTS_APART or count == total:
                last = now
                self._post(partial(moved, what, count, total))

        return report


def _note_failure(error: Exception) -> None:
    import logging  # hardly ever needed

    logging.getLogger(__name__).error("work failed: %s", type(error).__name__)
