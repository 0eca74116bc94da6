"""The pipe between the program and its reading child: marshal frames, a request and its answers.

The child is the program itself, started with one option. It has a memory limit of its own making (RLIMIT_AS; a system
without it relies on the limits of the gate), its time is watched here, and it ends when its input closes.
"""

from __future__ import annotations

import marshal
import os
import queue
import struct
import subprocess
import sys
import threading
import time
import zlib
from collections import deque
from contextlib import suppress
from typing import IO, Any, Final

from crmdesk.domain.phrase import Refused
from crmdesk.progress import Progress

READING_CHILD: Final = "--reading-child"
_LENGTH: Final = struct.Struct("<I")
_START_SECONDS: Final = 30.0
_TICK: Final = 0.05
_KEPT_ANSWERS: Final = 16  # for others who ask at the same time; what nobody asks for any more goes
_NO_WINDOW: Final = 0x0800_0000  # Windows: a console program must not open a black window

Frame = tuple[Any, ...]


def write_frame(pipe: IO[bytes], frame: Frame) -> None:
    """Send one frame; marshal is fast and both ends are the same Python."""
    content = marshal.dumps(frame)
    pipe.write(_LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> Frame | None:
    """The next frame; None once the pipe is closed."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    content = pipe.read(_LENGTH.unpack(head)[0])
    if len(content) < _LENGTH.unpack(head)[0]:
        return None
    frame: Frame = marshal.loads(content)
    return frame


def packed(rows: object) -> bytes:
    """Rows as they travel and are kept: both ends hold all of a sheet, and a quarter of the bytes will do."""
    return zlib.compress(marshal.dumps(rows), 1)  # type: ignore[arg-type]  # whatever marshal takes


def unpacked(content: bytes) -> Any:  # noqa: ANN401 - the rows that were packed
    """The rows that `packed` has put together."""
    return marshal.loads(zlib.decompress(content))


class Child:
    """A running reading child, asked and answered by frames `(request, kind, …)`.

    Kinds of answers: `progress` (done, total) any number of times, then `answer` (value) or `refused` (code, values).
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._asked = 0
        self._frames: queue.Queue[Frame | None] = queue.Queue(maxsize=16)
        self._others: dict[int, deque[Frame]] = {}  # taken from the queue by somebody who waits for another answer
        self._turn, self._asking = threading.Lock(), threading.Lock()
        # Its complaints (a panicking parser prints pages) are of no use to anyone: the answer is one sentence.
        self._process = subprocess.Popen(
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "RUST_BACKTRACE": "0"},
            creationflags=_NO_WINDOW if sys.platform == "win32" else 0,
        )
        threading.Thread(target=self._listen, name="reading-child", daemon=True).start()
        self._first = True

    def _listen(self) -> None:
        assert self._process.stdout is not None
        # A torn frame is the end of the child as much as a closed pipe.
        with suppress(OSError, ValueError, EOFError, TypeError):
            while (frame := read_frame(self._process.stdout)) is not None:
                self._frames.put(frame)
        self._frames.put(None)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def ask(self, *request: object) -> int:
        """Send a request; gives its number, by which its answers are known."""
        assert self._process.stdin is not None
        with self._asking:  # a number and a whole frame each, whichever thread asks
            self._asked += 1
            number = self._asked
            try:
                write_frame(self._process.stdin, (number, *request))
            except (OSError, ValueError):
                raise Refused("reader_died", file=self._name) from None
        return number

    def answer(self, number: int, progress: Progress, what: str, seconds: float) -> Any:  # noqa: ANN401
        """Wait for the answer to a request. Raises Refused and Cancelled; both end the child unless it refused itself.

        Two threads may wait for an answer each. Answers that nobody waits for any more are passed over.
        """
        # The first answer may wait for a cold disk to load the program; that is not the workbook's fault.
        deadline = time.monotonic() + seconds + (_START_SECONDS if self._first else 0.0)
        while True:
            if progress.cancelled:
                self.kill()
                progress.report(what, 0)
            frame = self._next(number, deadline)
            if frame is None:
                continue
            if self._first:
                self._first = False
                deadline = time.monotonic() + seconds
            if frame[1] == "progress":
                self._report(progress, what, frame)
            elif frame[1] == "refused":
                raise Refused(frame[2], **{"file": self._name, **frame[3]})
            else:
                return frame[2]

    def _next(self, number: int, deadline: float) -> Frame | None:
        with self._turn:
            if self._others.get(number):
                return self._others[number].popleft()
        try:
            frame = self._frames.get(timeout=_TICK)
        except queue.Empty:
            if time.monotonic() > deadline:
                self.kill()
                raise Refused("reading_too_slow", file=self._name) from None
            return None
        if frame is None:
            self._frames.put(None)  # for whoever asks next
            self.kill()
            raise Refused("reader_died", file=self._name)
        if frame[0] == number:
            return frame
        self._keep_for_others(frame)
        return None

    def _keep_for_others(self, frame: Frame) -> None:
        with self._turn:
            self._others.setdefault(frame[0], deque()).append(frame)
            while len(self._others) > _KEPT_ANSWERS:
                del self._others[next(iter(self._others))]

    def _report(self, progress: Progress, what: str, frame: Frame) -> None:
        if progress.cancelled:
            self.kill()
        progress.report(what, frame[2], frame[3])

    def kill(self) -> None:
        """End the child at once; harmless when it has ended."""
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._process.kill()
        self._process.wait()
        self._drain()

    def _drain(self) -> None:
        """Let the listening thread come to its end, also when the queue is full."""
        while True:
            try:
                if self._frames.get(timeout=1.0) is None:
                    break
            except queue.Empty:
                break
        self._frames.put(None)
        if self._process.stdout is not None:
            self._process.stdout.close()


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, READING_CHILD]
    return [sys.executable, "-m", "crmdesk", READING_CHILD]
