"""The language of the window and of Qt's own dialogs."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk.i18n import Language, set_language


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
        self._translator: QTranslator | None = None

    def speak(self, language: Language) -> None:
        """Answer in `language` from now on. Without Qt's catalogue its dialogs stay English."""
        set_language(language)
        QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_US"))
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
            self._translator = None
        translator = QTranslator(self._app)
        if language == "zh" and translator.load("qtbase_zh_CN", _folder()):
            self._app.installTranslator(translator)
            self._translator = translator


def _folder() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
