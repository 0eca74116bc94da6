"""The language of the window and of Qt's own dialogs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk.i18n import Language, set_language

_NAME: Final = "qt_words"


def chosen_language(wanted: str) -> Language:
    """The language of a setting; where it is empty, the system's: English for whoever speaks neither."""
    if wanted in ("zh", "en"):
        return "zh" if wanted == "zh" else "en"
    spoken = QLocale.system().language()
    # A system that names no language at all gets the program's first one.
    return "zh" if spoken in (QLocale.Language.Chinese, QLocale.Language.C) else "en"


class QtWords:
    """Switches `_()` and Qt's own texts together."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def speak(self, language: Language) -> None:
        """Answer in `language` from now on. Without Qt's catalogue its dialogs stay English."""
        set_language(language)
        QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_US"))
        for spoken in self._app.findChildren(QTranslator, _NAME):
            self._app.removeTranslator(spoken)
            spoken.deleteLater()
        translator = QTranslator(self._app)
        translator.setObjectName(_NAME)
        if language == "zh" and translator.load("qtbase_zh_CN", _folder()):
            self._app.installTranslator(translator)


def _folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
