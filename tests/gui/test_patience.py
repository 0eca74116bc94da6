"""A file that is being saved is asked again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from crmdesk.domain.phrase import Refused
from crmdesk.gui.patience import when_free, while_there


def _busy_times(times, question):
    """`question` as it answers while a step is being saved: refused a few times, then as ever."""
    left = [times]

    def ask(*args, **named):
        if left[0]:
            left[0] -= 1
            raise Refused("file_busy")
        return question(*args, **named)

    return ask


def test_work_is_done_once_the_file_is_free(qtbot):
    owner, done = QObject(), []
    when_free(owner, _busy_times(2, lambda: done.append(1)))
    assert done == []
    qtbot.waitUntil(lambda: done == [1], timeout=2000)


def test_another_refusal_is_not_swallowed(qtbot):
    def refuse():
        raise Refused("no_such_customer")

    with pytest.raises(Refused):
        when_free(QObject(), refuse)


def test_what_a_job_found_is_told_only_while_there_is_somebody_to_tell():
    owner, told = QObject(), []
    tell = while_there(owner, told.append)
    tell("first")
    delete(owner)
    tell("second")
    assert told == ["first"]
