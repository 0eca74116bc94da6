"""Qt's own dialogs speak the window's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QFileIconProvider, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from crmdesk.gui.qt_words import QtWords

LATIN = re.compile(r"[A-Za-z]{2}")


@pytest.fixture
def words(qapp: QApplication) -> QtWords:
    return QtWords(qapp)


@pytest.mark.parametrize("way", [QFileDialog.AcceptMode.AcceptOpen, QFileDialog.AcceptMode.AcceptSave])
def test_the_file_dialog_is_chinese_throughout(words: QtWords, qtbot: QtBot, way: QFileDialog.AcceptMode) -> None:
    words.speak("zh")
    dialog = QFileDialog(None, "打开", "/")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(way)
    qtbot.addWidget(dialog)
    texts = [part.text() for kind in (QLabel, QPushButton) for part in dialog.findChildren(kind)]
    tips = [part.toolTip() for part in dialog.findChildren(QPushButton)]
    assert any("位置" in text for text in texts)
    assert [text for text in (*texts, *tips) if LATIN.search(text)] == []


def test_back_in_english_nothing_chinese_is_left(words: QtWords, qtbot: QtBot) -> None:
    words.speak("zh")
    words.speak("en")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert buttons.buttons()[0].text().replace("&", "") == "Cancel"
    words.speak("zh")


def test_what_the_file_dialog_lists_is_called_in_chinese(words: QtWords, qtbot: QtBot, tmp_path: Path) -> None:
    words.speak("zh")
    (tmp_path / "一个夹子").mkdir()
    provider = QFileIconProvider()
    assert provider.type(QFileInfo(str(tmp_path))) == "文件夹"
    assert provider.type(QFileInfo("/")) == "磁盘"
