"""PySide comes in quickly: what it seldom needs is read late, and our modules are not read as text."""

from __future__ import annotations

import subprocess
import sys

import pytest

QUICKLY = "from crmdesk.gui.pyside import import_pyside\nimport_pyside()\n"
SOURCES = """
import linecache
linecache.clearcache()
import crmdesk.gui.palette
import crmdesk.gui.theme
print(len(linecache.cache))
"""
COMPILED = """
import sys
import PySide6.QtWidgets
parts = [module for name, module in sys.modules.items() if name.startswith("shibokensupport.signature.")]
print(*sorted(module.__name__.rpartition(".")[2] for module in parts if hasattr(module, "__file__")))
"""
AT_HAND = """
import sys
import PySide6.QtWidgets
print(*sorted({"_bz2", "_lzma", "_random", "ast", "dis", "ipaddress", "tokenize"} & set(sys.modules)))
import bz2, inspect, ipaddress, lzma, shutil, tempfile, textwrap, traceback, urllib.parse
from textwrap import dedent
print(bz2.decompress(bz2.compress(b"bz2")), inspect.cleandoc(" a"), ipaddress.ip_address("127.0.0.1"))
print(lzma.is_check_supported(0), shutil.__spec__.name, tempfile.gettempprefix())
print(urllib.parse.quote("a b"), __import__("pathlib").Path("/a b").as_uri())
print(repr(dedent("  a")), traceback.format_exception_only(KeyError("k")))
"""
WRONG_CALLS = """
from PySide6.QtCore import QRect, QSize, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QWidget
app = QApplication([])
for call in (
    lambda: QWidget().resize("wide"),
    lambda: QSize("a", "b"),
    lambda: QRect(1, 2, 3, 4, 5, 6, 7),
    lambda: QLabel(wrong=3),
    lambda: QTimer.singleShot("soon", print),
    lambda: QWidget().setWindowTitle(),
    lambda: QWidget().nothing,
):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(QWidget.resize.__doc__)
"""


TWO_AT_ONCE = """
import sys, threading
from types import SimpleNamespace
from crmdesk.gui.pyside import _Later

made, halfway, go_on, answers = _Later("parts"), threading.Event(), threading.Event(), []

def run(module):
    module.early = "early"
    halfway.set()
    go_on.wait(5)
    module.late = "late"
    module.twice = lambda number: 2 * number

made.__loader__ = SimpleNamespace(exec_module=run)
_Later.turns[made] = threading.RLock()
vars(made)["twice"] = stub = made.called("twice")
threads = [threading.Thread(target=lambda ask=ask: answers.append(ask())) for ask in (
    lambda: made.early, lambda: made.late, lambda: made.twice(2), lambda: stub(3))]
threads[0].start()
halfway.wait(5)
for thread in threads[1:]:
    thread.start()
threads[1].join(0.2)
print(len(answers))
go_on.set()
for thread in threads:
    thread.join(5)
print(*sorted(map(str, answers)), stub(4), made.twice(5), type(made).__name__)
"""


def _said(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("before", ["", "import PySide6.QtWidgets\n"])
def test_pyside_reads_no_sources_while_we_import(before: str) -> None:
    assert _said(before + QUICKLY + SOURCES).strip() == "0"


def test_what_only_errors_and_stubs_need_is_not_compiled_at_the_start() -> None:
    seldom = {"errorhandler", "layout", "enum_sig", "mapping", "pyi_generator", "tool", "parser"}

    assert not set(_said(QUICKLY + COMPILED).split()) & seldom


def test_what_pyside_only_has_at_hand_is_run_as_it_is_asked_for() -> None:
    loaded, *answers = _said(QUICKLY + AT_HAND).splitlines()

    assert loaded == ""
    assert answers == _said(AT_HAND).splitlines()[1:]


def test_a_wrong_call_is_told_in_the_same_words() -> None:
    said = _said(QUICKLY + WRONG_CALLS)

    assert "Supported signatures" in said
    assert said == _said(WRONG_CALLS)


def test_a_second_thread_waits_for_the_whole_module() -> None:
    assert _said(TWO_AT_ONCE).splitlines() == ["0", "4 6 early late 8 10 module"]
