"""Every action of the window: keys, words, and how the box finds it."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from crmdesk.gui.actions import COMMANDS, matching_commands
from crmdesk.i18n import _, language
from crmdesk.paths import resource


def test_no_shortcut_occurs_twice() -> None:
    keys = Counter(QKeySequence(keys).toString() for command in COMMANDS for keys in command.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_no_name_occurs_twice() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_speaks_chinese(command) -> None:
    assert _(command.text) != command.text


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_pinyin_is_that_of_the_chinese_text(command) -> None:
    from pypinyin import lazy_pinyin, pinyin

    text = _(command.text)
    readings = [{sound.strip().casefold() for sound in sounds} for sounds in pinyin(text, style=0, heteronym=True)]
    syllables = command.pinyin.split()
    assert len(syllables) == len(lazy_pinyin(text))
    assert all(syllable in sounds for syllable, sounds in zip(syllables, readings, strict=True))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_icon_has_a_file(command) -> None:
    assert not command.icon or resource("icons", f"{command.icon}.svg").exists()


@pytest.mark.parametrize("typed", ["导入", "导", "dr", "daoru", "dao ru", "Import", "imp"])
def test_a_command_is_found_by_chinese_pinyin_initials_and_english(typed) -> None:
    assert matching_commands(typed)[0].name in ("import", "export")
    assert "import" in [command.name for command in matching_commands(typed)]


@pytest.mark.parametrize("speech", ["zh", "en"])
def test_the_language_of_the_window_does_not_matter_for_finding(speech) -> None:
    with language(speech):
        assert matching_commands("操作记录")[0].name == "history"
        assert matching_commands("history")[0].name == "history"


def test_nothing_typed_lists_everything() -> None:
    assert matching_commands("  ") == list(COMMANDS)


def test_nonsense_finds_nothing() -> None:
    assert matching_commands("zzzz") == []
