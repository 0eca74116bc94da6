"""The reading child: whatever happens to it, the program gets an answer or one refusal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crmdesk.domain.phrase import Refused
from crmdesk.excel.protocol import READING_CHILD, Child, read_frame, write_frame
from crmdesk.progress import Cancelled, Progress

DAY = "2026-11-22"


@pytest.fixture
def child() -> Iterator[Child]:
    running = Child("a.csv")
    yield running
    running.kill()


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_text("客户名称,电话\n" + "".join(f"王姐{n}店,138{n:08d}\n" for n in range(5_000)), encoding="utf-8")
    return path


def opened(child: Child, path: Path) -> tuple[str, list[object]]:
    number = child.ask("open", [(str(path), "")], "", DAY)
    [(sha256, drafts)] = child.answer(number, Progress(), "reading", 20)
    return sha256, drafts


def test_it_answers_and_reports_on_the_way(child: Child, sheet: Path) -> None:
    reports: list[tuple[str, int, int]] = []
    number = child.ask("open", [(str(sheet), "")], "", DAY)
    [(sha256, drafts)] = child.answer(number, Progress(lambda *report: reports.append(report)), "reading", 20)
    assert len(sha256) == 64
    assert len(drafts) == 1
    assert ("reading", 0, 1) in reports


def test_a_refusal_names_the_file_and_leaves_the_child_alive(child: Child, tmp_path: Path, sheet: Path) -> None:
    number = child.ask("open", [(str(tmp_path / "weg.xlsx"), "")], "", DAY)
    with pytest.raises(Refused, match="file_missing"):
        child.answer(number, Progress(), "reading", 20)
    assert opened(child, sheet)


def test_a_request_it_does_not_know_is_one_refusal(child: Child) -> None:
    number = child.ask("dance")
    with pytest.raises(Refused, match="reader_failed") as caught:
        child.answer(number, Progress(), "reading", 20)
    assert caught.value.phrase.values == {"file": "a.csv"}


def test_its_death_is_one_refusal(child: Child, sheet: Path) -> None:
    opened(child, sheet)
    os.kill(child.pid, signal.SIGTERM)
    with pytest.raises(Refused, match="reader_died"):
        for chunk in range(1_000):
            child.answer(child.ask("rows", 0, chunk), Progress(), "reading", 20)


def test_answers_that_nobody_waits_for_are_passed_over(child: Child, sheet: Path) -> None:
    opened(child, sheet)
    child.ask("rows", 0, 0)
    child.ask("rows", 0, 1)
    last, is_last = child.answer(child.ask("rows", 0, 2), Progress(), "reading", 20)
    assert last
    assert is_last


def test_cancelling_ends_it_within_a_second(child: Child, sheet: Path) -> None:
    progress = Progress()
    threading.Timer(0.05, progress.cancel).start()
    number = child.ask("open", [(str(sheet), "")], "", DAY)
    started = time.monotonic()
    with pytest.raises(Cancelled):
        while True:
            child.answer(number, progress, "reading", 20)
            number = child.ask("rows", 0, 0)
    assert time.monotonic() - started < 1.0


def test_silence_beyond_its_time_is_one_refusal(child: Child, sheet: Path) -> None:
    opened(child, sheet)
    with pytest.raises(Refused, match="reading_too_slow"):
        child.answer(10_000, Progress(), "reading", 0.2)


def test_ending_it_twice_does_no_harm(child: Child) -> None:
    child.kill()
    child.kill()
    with pytest.raises(Refused, match="reader_died"):
        child.ask("open", [("a", "")], "", DAY)


def test_it_ends_when_its_input_closes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "crmdesk", READING_CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        write_frame(process.stdin, (1, "dance"))
        assert read_frame(process.stdout) == (1, "refused", "reader_failed", {})
        process.stdin.close()
        assert process.wait(timeout=5) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no address space limit there")
def test_it_limits_its_own_memory() -> None:
    code = (
        "import resource; from crmdesk.excel.child import _limit_memory; _limit_memory();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 0 < int(done.stdout) <= 2 << 30
