"""The language of the window and of Qt's own dialogs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crmdesk.i18n import Language, _, set_language, translatable

_NAME: Final = "qt_words"
_LACKING: Final[dict[tuple[str, str], str]] = {
    ("QFileDialog", "&Look in:"): translatable("&Look in:"),
    ("QFileDialog", "Files of &type:"): translatable("Files of &type:"),
    ("QFileDialog", "Directory"): translatable("Folder"),
    # What the file dialog calls the things it lists; Qt's Chinese catalogue knows them by the name of another class.
    ("QAbstractFileIconProvider", "Folder"): translatable("Folder"),
    ("QAbstractFileIconProvider", "File Folder"): translatable("Folder"),
    ("QAbstractFileIconProvider", "File"): translatable("File"),
    ("QAbstractFileIconProvider", "%1 File"): translatable("%1 file"),
    ("QAbstractFileIconProvider", "Drive"): translatable("Disk"),
    ("QAbstractFileIconProvider", "Alias"): translatable("Alias"),
    ("QAbstractFileIconProvider", "Shortcut"): translatable("Shortcut"),
    ("QAbstractFileIconProvider", "Unknown"): translatable("Unknown kind"),
}


def chosen_language(wanted: str) -> Language:
    """The language of a setting; where it is empty, the system's: English for whoever speaks neither."""
    if wanted in ("zh", "en"):
        return "zh" if wanted == "zh" else "en"
    spoken = QLocale.system().language()
    # A system that names no language at all gets the program's first one.
    return "zh" if spoken in (QLocale.Language.Chinese, QLocale.Language.C) else "en"


class _MissingWords(QTranslator):
    """What Qt's own catalogue lacks in the version at hand; whatever is not in the table is left to the catalogue."""

    def isEmpty(self) -> bool:
        """An empty one would not be asked."""
        return False

    def translate(self, context: str, source_text: str, disambiguation: str | bytes | None = None, n: int = -1) -> str:
        """The words of a text of Qt's dialogs; none where they are not known."""
        del disambiguation, n
        ours = _LACKING.get((context, source_text))
        return _(ours) if ours else None  # type: ignore[return-value]  # Qt asks the next one; its stubs know text only


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
        if language != "zh":
            return
        translator = QTranslator(self._app)
        translator.setObjectName(_NAME)
        if translator.load("qtbase_zh_CN", _folder()):
            self._app.installTranslator(translator)
        missing = _MissingWords(self._app)
        missing.setObjectName(_NAME)
        self._app.installTranslator(missing)


def _folder() -> str:
    from PySide6.QtCore import QLibraryInfo

    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
