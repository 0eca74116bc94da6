"""Every action of the window in one table: what it is called, its keys, its icon, when it may be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from crmdesk.gui.icons import set_icon
from crmdesk.i18n import _, language, translatable

Handler = Callable[[], object]


class Command(NamedTuple):
    """One action. `pinyin` is its Chinese text in syllables, for the command box; `needs`: "", "file" or "write"."""

    name: str
    text: str
    pinyin: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    needs: str = ""
    checkable: bool = False


COMMANDS: Final[tuple[Command, ...]] = (
    Command("today", translatable("Today"), "jin tian", "today", ("Ctrl+1",), "file"),
    Command("customers", translatable("Customers"), "ke hu", "customers", ("Ctrl+2",), "file"),
    Command("follow_ups", translatable("Follow-ups"), "gen jin", "follow_ups", ("Ctrl+3",), "file"),
    Command("insight", translatable("Insight"), "fen xi", "insight", ("Ctrl+4",), "file"),
    Command("settings", translatable("Settings"), "she zhi", "settings", ("Ctrl+,",)),
    Command("find", translatable("Find a customer or a command"), "zhao ke hu huo ming ling", "search",
            ("Ctrl+F", "Ctrl+K")),
    Command("log", translatable("Log something"), "ji yi bi", "plus", ("Ctrl+N",), "write"),
    Command("evening", translatable("Evening notes"), "bu ji", "note", ("Ctrl+Shift+B",), "write"),
    Command("add_customer", translatable("Add a customer"), "jia yi ge ke hu", "customer_add",
            ("Ctrl+Shift+N",), "write"),
    Command("add_order", translatable("Add an order"), "jia yi bi ding dan", "order", ("Ctrl+Shift+O",), "write"),
    Command("add_receipt", translatable("Add a receipt"), "jia yi bi shou kuan", "money", (), "write"),
    Command("add_reminder", translatable("Set a reminder"), "jia yi ge ti xing", "bell", ("Ctrl+Shift+R",), "write"),
    Command("save_view", translatable("Save as a view"), "bao cun wei shi tu", "filter", ("Ctrl+Shift+S",), "write"),
    Command("rename_view", translatable("Rename the view"), "gei shi tu gai ming", "filter", (), "write"),
    Command("delete_view", translatable("Delete the view"), "shan diao shi tu", "filter", (), "write"),
    Command("undo", translatable("Undo"), "che xiao", "undo", ("Ctrl+Z",), "write"),
    Command("redo", translatable("Redo"), "chong zuo", "redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "write"),
    Command("import", translatable("Import"), "dao ru", "import", ("Ctrl+I",), "write"),
    Command("export", translatable("Export"), "dao chu", "export", ("Ctrl+E",), "file"),
    Command("report", translatable("Tier report"), "deng ji bao gao", "report", ("Ctrl+Shift+E",), "file"),
    Command("print", translatable("Print"), "da yin", "file", ("Ctrl+P",), "file"),
    Command("save_pdf", translatable("Save as PDF"), "cun cheng pdf", "file", (), "file"),
    Command("new_file", translatable("New file"), "xin jian wen jian", "file"),
    Command("open_file", translatable("Open a file"), "da kai wen jian", "folder", ("Ctrl+O",)),
    Command("sample", translatable("Sample data"), "yan shi shu ju", "sparkle"),
    Command("backup", translatable("Back up now"), "xian zai bei fen", "shield", ("Ctrl+B",), "file"),
    Command("restore", translatable("Restore a backup"), "zhao hui bei fen", "restore", (), "file"),
    Command("password", translatable("Password"), "mi ma", "shield", (), "write"),
    Command("history", translatable("History"), "cao zuo ji lu", "history", ("Ctrl+H",), "file"),
    Command("imports", translatable("Imports"), "dao ru ji lu", "import", (), "file"),
    Command("bin", translatable("Bin"), "hui shou zhan", "bin", (), "file"),
    Command("triage", translatable("Run through"), "guo yi bian", "check", (), "write"),
    Command("duplicates", translatable("Look alike"), "xiang shi tong yi jia de", "customers", (), "file"),
    Command("plans", translatable("Plans"), "pei yu ji hua", "clock", (), "file"),
    Command("improvements", translatable("What was changed"), "gai le shen me", "check", (), "file"),
    Command("policy", translatable("Tier rules"), "deng ji gui ze", "settings", (), "file"),
    Command("changes", translatable("What changed"), "shei bian le", "history", (), "file"),
    Command("presentation", translatable("Presentation mode"), "yan shi mo shi", "eye_off", ("F9",), "", True),
    Command("switch_theme", translatable("Switch light and dark"), "qie huan shen se qian se", "moon",
            ("Ctrl+Shift+D",)),
    Command("switch_language", translatable("Switch the language"), "qie huan yu yan", "language", ("Ctrl+Shift+L",)),
    Command("larger_text", translatable("Larger text"), "zi da yi dian", "text_size", ("Ctrl+=", "Ctrl++")),
    Command("smaller_text", translatable("Smaller text"), "zi xiao yi dian", "text_size", ("Ctrl+-",)),
    Command("shortcuts", translatable("Keyboard shortcuts"), "kuai jie jian", "keyboard", ("F1",)),
    Command("quit", translatable("Quit"), "tui chu", "quit", ("Ctrl+Q",)),
)  # fmt: skip


# What speaks of tiers, of worth or of other customers throughout; closed while somebody looks over the shoulder.
PRIVATE: Final = frozenset(
    {"insight", "policy", "changes", "report", "import", "imports", "export", "triage", "duplicates", "history",
     "improvements", "plans"}
)  # fmt: skip


class Actions(QObject):
    """The QActions of COMMANDS by name. `handlers` gives what each one does. Raises KeyError where one is missing."""

    def __init__(self, parent: QObject, handlers: Mapping[str, Handler]) -> None:
        super().__init__(parent)
        self._by_name: dict[str, QAction] = {}
        for command in COMMANDS:
            self._by_name[command.name] = self._make(command, handlers[command.name])
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        """The action of a command."""
        return self._by_name[name]

    def all(self) -> list[QAction]:
        """All actions, in the table's order."""
        return list(self._by_name.values())

    def retranslate(self) -> None:
        """Put the texts in the current language."""
        for command in COMMANDS:
            action = self._by_name[command.name]
            action.setText(_(command.text))
            action.setToolTip(tip(_(command.text), command))

    def dress(self) -> None:
        """Give the actions their icons; what is seen at the start asks for its own, so this waits for a menu."""
        for command in COMMANDS:
            if command.icon and not self._by_name[command.name].property("icon_name"):
                set_icon(self._by_name[command.name], command.icon)

    def allow(self, *, has_file: bool, writable: bool, presenting: bool = False) -> None:
        """Enable what can be done now; `presenting` closes what is for nobody else's eyes."""
        allowed = {"": True, "file": has_file, "write": writable}
        for command in COMMANDS:
            shut = presenting and command.name in PRIVATE
            self._by_name[command.name].setEnabled(allowed[command.needs] and not shut)
            self._by_name[command.name].setVisible(not shut)  # a menu that says 等级报告 says that there are tiers

    def _make(self, command: Command, handler: Handler) -> QAction:
        action = QAction(self)
        action.setObjectName(f"action_{command.name}")
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setCheckable(command.checkable)
        action.triggered.connect(lambda _checked=False: handler())
        return action


def tip(text: str, command: Command) -> str:
    """The tooltip of a command: its text and its first key."""
    if not command.keys:
        return text
    keys = QKeySequence(command.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})"


def command_of(name: str) -> Command:
    """The command of a name. Raises StopIteration for an unknown one."""
    return next(command for command in COMMANDS if command.name == name)


def matching_commands(typed: str) -> list[Command]:
    """The commands that a text means: part of the Chinese or English text, pinyin, or initials (`dr` for 导入)."""
    wanted = "".join(typed.casefold().split())
    if not wanted:
        return list(COMMANDS)
    found = [(rank, n, c) for n, c in enumerate(COMMANDS) if (rank := _rank(c, wanted)) is not None]
    return [command for _rank_of, _n, command in sorted(found, key=lambda entry: entry[:2])]


def _rank(command: Command, wanted: str) -> int | None:
    with language("zh"):
        chinese = _(command.text)
    syllables = command.pinyin.split()
    words = command.text.casefold().split()
    texts = (
        chinese,
        "".join(words),
        "".join(syllables),
        "".join(s[0] for s in syllables),
        "".join(w[0] for w in words),
    )
    if any(text.startswith(wanted) for text in texts):
        return 0
    return 1 if any(wanted in text for text in texts[:2]) or any(w.startswith(wanted) for w in words) else None
