"""The reading child: opens one workbook, understands its sheets, and answers for them until its input closes."""

from __future__ import annotations

import gc
import marshal
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

from crmdesk.domain.phrase import Refused
from crmdesk.excel.protocol import Frame, read_frame, write_frame
from crmdesk.i18n import Language, set_language

if TYPE_CHECKING:
    from crmdesk.excel.bundle import Bundle
    from crmdesk.excel.formats import CardReader

_MEMORY: Final = 2 << 30  # of address space; a workbook of 100,000 × 15 needs about a tenth of it


class Indexer(Protocol):
    """Builds a search index: an object of a room that this one does not know."""

    def add(self, customers: Sequence[tuple[Any, ...]], *, again: bool = False) -> None:
        """Take in customers; `again` in place of what was said of them before."""

    def pages(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """All that the tables of the index hold."""


def serve(cards: CardReader | None = None, indexer: Callable[[], Indexer] | None = None) -> int:
    """Answer requests from standard input on standard output until the input closes.

    `cards` reads address cards, `indexer` makes one who builds a search index.
    """
    _limit_memory()
    gc.disable()  # rows are plain and go by reference counts; looking for cycles among them costs a tenth of the time
    source, target = os.fdopen(0, "rb", closefd=False), os.fdopen(1, "wb", closefd=False)
    requests: queue.Queue[Frame] = queue.Queue()
    threading.Thread(target=_listen, args=(source, requests), daemon=True).start()
    desk = _Desk(target, cards, indexer)
    while True:
        try:
            frame = requests.get(block=not desk.reads_ahead())
        except queue.Empty:
            continue
        desk.answer(frame)


def _listen(source: BinaryIO, requests: queue.Queue[Frame]) -> None:
    """Pass requests on; the program gone, the child goes too, whatever it is doing."""
    while (frame := read_frame(source)) is not None:
        requests.put(frame)
    os._exit(0)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    except (ValueError, OSError):
        return  # macOS knows the limit but does not always take it; the gate's limits still hold


def _nothing_ahead() -> bool:
    return False


class _Desk:
    """Turns requests into answers; every failure becomes one refusal."""

    def __init__(
        self, target: BinaryIO, cards: CardReader | None = None, indexer: Callable[[], Indexer] | None = None
    ) -> None:
        self._target = target
        self._cards = cards
        self._new_indexer = indexer
        self._bundle: Bundle | None = None
        self._number = 0
        self._answers: dict[str, Callable[..., Any]] = {}
        self._read_ahead: Callable[[], bool] = _nothing_ahead

    def answer(self, frame: Frame) -> None:
        """Do what one frame asks."""
        self._number, name, *rest = frame
        try:
            self._send("answer", self._do(name, rest))
        except Refused as refusal:
            self._send("refused", refusal.phrase.code, dict(refusal.phrase.values))
        except MemoryError:
            self._send("refused", "sheet_needs_too_much_memory", {})
        except Exception:  # noqa: BLE001 - whatever breaks inside, the program hears one sentence
            traceback.print_exc()
            self._send("refused", "reader_failed", {})

    def reads_ahead(self) -> bool:
        """Read a chunk that nobody asked for yet, while nobody asks; False once there is nothing left to do."""
        try:
            return self._read_ahead()
        except (Refused, MemoryError):
            self._read_ahead = _nothing_ahead  # whoever asks for these rows will hear why
            return False

    def _do(self, name: str, rest: list[Any]) -> object:
        if name == "open":
            return self._open(*rest)
        if name == "open_raw":
            return self._open_raw(*rest)
        return self._answers[name](*rest)

    def _open(
        self, paths: list[tuple[str, str]], encoding: str, today: str, spoken: Language = "zh"
    ) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """Open what stands under some paths, each with its password; gives the sum and the drafts of each."""
        from crmdesk.excel.bundle import Bundle

        self._progress(0, 0)  # up and loaded: from here on the time counts that the file takes
        set_language(spoken)
        bundle = Bundle(paths, encoding, date.fromisoformat(today), self._progress, self._cards)
        asked = (bundle.reread, bundle.rows, bundle.fix, bundle.raw, bundle.raw_rows)
        self._answers = {answer.__name__: answer for answer in asked} | {"index_begin": self._begin_index}
        self._read_ahead = bundle.read_ahead
        self._bundle = bundle
        return bundle.opened()

    def _begin_index(self) -> None:
        """From now on customers are indexed; the cells make room for that, and are read again should somebody ask."""
        assert self._new_indexer is not None
        if self._bundle is not None:
            self._bundle.let_go()
        indexer = self._new_indexer()
        pages = indexer.pages()  # which begins with the first one that is asked for
        self._answers["index_add"] = lambda content, again: indexer.add(marshal.loads(content), again=again)
        self._answers["index_pages"] = lambda: marshal.dumps(page) if (page := next(pages, None)) else b""

    def _open_raw(self, path: str, password: str) -> object:
        from crmdesk.excel.raw_workbook import RawWorkbook

        self._progress(0, 0)
        workbook = RawWorkbook(Path(path), password)
        self._answers = {"raw_rows": workbook.rows}
        return workbook.names()

    def _progress(self, done: int, total: int) -> None:
        self._send("progress", done, total)

    def _send(self, *frame: object) -> None:
        write_frame(self._target, (self._number, *frame))
