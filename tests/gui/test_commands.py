"""`crmdesk demo` where there is a display: it says that the window comes, and all of it speaks one language."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from crmdesk.clock import Clock
from crmdesk.gui import app, commands
from crmdesk.i18n import current_language, set_language
from crmdesk.operations import sample


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that windows were opened on; neither a window nor thousands of orders are made."""
    found: list[Path] = []
    monkeypatch.setattr(commands, "has_display", lambda: True)
    monkeypatch.setattr(sample, "create_sample", lambda file, _clock, _progress: file.touch())

    def run(file: Path) -> int:
        found.append(file)
        return 0

    monkeypatch.setattr(app, "run", run)
    return found


def test_it_says_in_one_line_that_the_window_comes(
    opened: list[Path], clock: Clock, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.demo(Namespace(out=tmp_path), clock) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert str(tmp_path) in said
    assert [file.parent for file in opened] == [tmp_path]


def test_the_data_speak_as_the_window_where_the_system_names_no_language(
    opened: list[Path], clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(QLocale.Language.C))
    set_language("en")  # as the command line decides there
    commands.demo(Namespace(out=tmp_path), clock)
    assert current_language() == "zh"
    assert [file.name for file in opened] == ["演示数据.crmdesk"]


def test_the_language_of_the_settings_holds_for_the_data_too(
    opened: list[Path], clock: Clock, tmp_path: Path, own_home: Path
) -> None:
    kept = own_home / "crmdesk" / "settings.toml"
    kept.parent.mkdir()
    kept.write_text('language = "en"\n', encoding="utf-8")
    commands.demo(Namespace(out=tmp_path), clock)
    assert [file.name for file in opened] == ["Sample data.crmdesk"]
