"""The program around the window: its log, and errors that nobody caught."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from crmdesk.gui.app import keep_log, say_what_nobody_caught


def test_an_uncaught_error_is_said_and_the_window_stays(main_window, prompts, monkeypatch, caplog) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    say_what_nobody_caught(main_window.desk)
    error = KeyError("x")
    sys.excepthook(type(error), error, None)
    assert [phrase.code for phrase in prompts.errors] == ["unexpected"]
    assert main_window.isVisible()
    caplog.clear()


def test_the_log_is_made_when_there_is_something_to_say(tmp_path: Path, caplog) -> None:
    before = list(logging.getLogger().handlers)
    keep_log(tmp_path / "log")
    try:
        assert not (tmp_path / "log" / "crmdesk.log").exists()
        logging.getLogger("crmdesk").warning("the disk is slow")
        assert "the disk is slow" in (tmp_path / "log" / "crmdesk.log").read_text(encoding="utf-8")
    finally:
        for handler in logging.getLogger().handlers[len(before) :]:
            logging.getLogger().removeHandler(handler)
            handler.close()
    caplog.clear()
