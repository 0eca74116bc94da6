"""Work leaves the GUI thread and comes back to it."""

from __future__ import annotations

import threading

from crmdesk.gui.jobs import Jobs
from crmdesk.i18n import current_language, language


def test_work_runs_elsewhere_and_its_answer_comes_home(qtbot) -> None:
    jobs, seen = Jobs(), []

    def work(progress):
        return threading.current_thread() is threading.main_thread()

    jobs.start(work, done=lambda value: seen.append((value, threading.current_thread() is threading.main_thread())))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(False, True)]
    assert jobs.idle
    jobs.stop()


def test_an_error_is_handed_over_whole(qtbot) -> None:
    jobs, seen = Jobs(), []

    def work(progress):
        raise ValueError("no such row")

    jobs.start(work, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert str(seen[0]) == "no such row"
    jobs.stop()


def test_cancelled_work_says_so_and_nothing_else(qtbot) -> None:
    jobs, seen, begun = Jobs(), [], threading.Event()

    def work(progress):
        begun.set()
        while True:
            progress.report("reading", 1)

    job = jobs.start(work, done=lambda _: seen.append("done"), cancelled=lambda: seen.append("cancelled"))
    begun.wait()
    job.cancel()
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["cancelled"]
    jobs.stop()


def test_reports_are_thinned_out_but_the_last_one_comes(qtbot) -> None:
    jobs, seen = Jobs(), []

    def work(progress):
        for number in range(1, 10_001):
            progress.report("importing", number, 10_000)

    done = []
    jobs.start(work, done=done.append, moved=lambda what, count, total: seen.append(count))
    qtbot.waitUntil(lambda: bool(done))
    assert seen[-1] == 10_000
    assert len(seen) < 1_000
    jobs.stop()


def test_work_answers_in_the_language_it_was_started_in(qtbot) -> None:
    jobs, seen = Jobs(), []
    with language("en"):
        jobs.start(lambda progress: current_language(), done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["en"]
    jobs.stop()


def test_work_that_nobody_waits_for_still_counts_as_ended(qtbot) -> None:
    jobs = Jobs()
    jobs.start(lambda progress: None)
    qtbot.waitUntil(lambda: jobs.idle)
    jobs.stop()
