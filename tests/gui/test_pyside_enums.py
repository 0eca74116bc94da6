"""Qt's constants are made quickly, and are what Python itself would have made of them."""

from __future__ import annotations

import ast
import enum
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

import crmdesk
from crmdesk.gui import pyside_enums
from crmdesk.gui.pyside_enums import _Waiting, made_quickly

# Each class that PySide asks for is made both ways; what differs is printed.
BOTH_WAYS = """
import enum
from crmdesk.gui.pyside_enums import make_enums_quickly

usual = enum.EnumType._create_
make_enums_quickly()
quick = enum.EnumType._create_
asked = 0

def both(base, name, names, **named):
    global asked
    asked += 1
    ours, theirs = quick(base, name, names, **named), usual(base, name, names, **named)
    len(ours)  # from now on it has its members
    ours.__qualname__, ours.__module__ = theirs.__qualname__, theirs.__module__
    if told(ours) != told(theirs):
        print(name, told(ours), told(theirs))
    return ours

def told(made):
    whole = {key: repr(value) for key, value in vars(made).items()}
    return whole, [(member.name, member.value, sorted(vars(member))) for member in made], made.__mro__[1:]

enum.EnumType._create_ = both
from PySide6 import QtCore, QtGui, QtWidgets
for module in (QtCore, QtGui, QtWidgets):
    [getattr(module, name) for name in dir(module)]
# Before Python 3.11.4 flags knew one thing less of their bits: there nothing is made quickly.
assert (asked > 300 and quick is not usual) if hasattr(enum.Flag, "_singles_mask_") else quick is usual, asked
"""
LETTERS = [("NONE", 0), ("A", 1), ("ALPHA", 1), ("C", 4), ("B", 2), ("AB", 3), ("FAR", 1 << 31)]


def test_each_of_qts_enumerations_is_what_python_makes() -> None:
    done = subprocess.run([sys.executable, "-c", BOTH_WAYS], check=True, capture_output=True, text=True)

    assert done.stdout == ""


@pytest.mark.parametrize("base", [enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag])
def test_members_are_found_by_value_and_by_name(base: type[enum.Enum]) -> None:
    made = made_quickly(base, "Letters", LETTERS)

    assert made(4) is made.C is made["C"]
    assert made.ALPHA is made.A
    assert list(made.__members__) == [name for name, _value in LETTERS]
    assert repr(made.A) in ("<Letters.A: 1>", "Letters.A")


@pytest.mark.parametrize("base", [enum.Flag, enum.IntFlag])
def test_flags_are_joined_and_taken_apart(base: type[enum.Flag]) -> None:
    made = made_quickly(base, "Letters", LETTERS)

    assert made.A | made.B is made.AB
    assert made.A in made.AB
    assert list(made.AB | made.C) == [
        made.A,
        made.C,
        made.B,
    ]  # in the order of the names, for it is not that of the bits
    assert ~made.AB & made.AB == made.NONE


ASKED = [
    lambda made: made.A,
    lambda made: made["A"],
    lambda made: made(1),
    list,
    lambda made: list(reversed(made)),
    len,
    dir,
    lambda made: made.A in made,
    lambda made: dict(made.__members__),
    lambda made: getattr(made, "MISSING", "none"),
    lambda made: hasattr(made, "__missing_too__"),
]


@pytest.mark.parametrize("ask", ASKED)
@pytest.mark.parametrize("base", [enum.IntEnum, enum.Flag])
def test_whatever_asks_for_members_first_finds_them(
    monkeypatch: pytest.MonkeyPatch, base: type[enum.Enum], ask: Callable[[object], object]
) -> None:
    monkeypatch.setattr(_Waiting, "_may_wait_", True)
    made = made_quickly(base, "Letters", LETTERS)
    before = dict(vars(made)["_member_map_"])

    assert before == {}
    assert repr(ask(made)) == repr(ask(base("Letters", LETTERS, boundary=enum.KEEP)))
    assert isinstance(made.A, made)
    assert type(made) is enum.EnumType
    assert "_names_" not in vars(made)


def test_a_thread_that_asks_in_between_waits_for_all_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_Waiting, "_may_wait_", True)
    halfway, go_on, found = threading.Event(), threading.Event(), []
    fill = pyside_enums._fill

    def slowly(made: type[enum.Enum], names: list[tuple[str, int]]) -> None:
        fill(made, names[:2])
        halfway.set()
        go_on.wait(5)
        fill(made, names[2:])

    monkeypatch.setattr(pyside_enums, "_fill", slowly)
    made = made_quickly(enum.IntEnum, "Letters", LETTERS)
    threads = [threading.Thread(target=lambda name=name: found.append(made[name].value)) for name in ("NONE", "FAR")]
    threads[0].start()
    assert halfway.wait(5)
    threads[1].start()
    threads[1].join(0.1)
    assert found == []
    go_on.set()
    for thread in threads:
        thread.join(5)

    assert sorted(found) == [0, 1 << 31]


def test_names_of_old_are_found_once_pyside_reads_its_own_text() -> None:
    code = (
        "from crmdesk.gui.pyside import import_pyside\nimport_pyside()\n"
        "from PySide6.QtCore import Qt\nfrom PySide6.QtWidgets import QListWidgetItem\n"
        "len(Qt.Key.__doc__ or '') and Qt\n"
        "from PySide6.QtCore import QSize\nprint(bool(QSize.scaled.__doc__))\n"
        "print(Qt.AlignLeft is Qt.AlignmentFlag.AlignLeft, QListWidgetItem.Type.value)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.split() == ["True", "True", "0"]


def test_other_enumerations_are_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enum.EnumType, "_create_", enum.EnumType._create_)
    pyside_enums.make_enums_quickly()
    monkeypatch.setattr(pyside_enums, "made_quickly", lambda *_asked: pytest.fail("was made here"))

    assert enum.Enum("Colours", "RED GREEN").GREEN.value == 2
    assert enum.IntFlag("Colours", [("RED", 1), ("_two", 2)], boundary=enum.KEEP).RED.value == 1


def test_where_enums_have_other_parts_nothing_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = enum.EnumType._create_
    monkeypatch.setattr(pyside_enums, "_known", lambda _base: False)
    pyside_enums.make_enums_quickly()

    assert enum.EnumType._create_ is usual


Fruit = enum.Enum("Fruit", "APPLE PEAR")  # as any library makes one


def test_an_enumeration_of_any_module_still_knows_where_it_is_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enum.EnumType, "_create_", enum.EnumType._create_)
    pyside_enums.make_enums_quickly()
    made = enum.Enum("Fruit", "APPLE PEAR")
    monkeypatch.setattr(sys.modules[__name__], "Fruit", made)

    assert made.__module__ == __name__
    assert pickle.loads(pickle.dumps(made.PEAR)) is made.PEAR
    assert enum.Enum("Fruit", "APPLE PEAR", module="elsewhere").__module__ == "elsewhere"


@pytest.mark.parametrize("error", [AttributeError, TypeError])
def test_where_enum_lacks_a_part_nothing_changes(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def without(*_asked: object) -> None:
        raise error

    usual = enum.EnumType._create_
    monkeypatch.setattr(pyside_enums, "made_quickly", without)
    pyside_enums.make_enums_quickly()

    assert enum.EnumType._create_ is usual


def _constants_declared(source: str) -> list[str]:
    """What signals, slots and properties name as a type that is, or may be, one of Qt's classes of constants."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    declared = [call for call in calls if ast.unparse(call.func).split(".")[-1] in ("Signal", "Slot", "Property")]
    types = [part for call in declared for part in ast.walk(ast.Tuple([*call.args, *(k.value for k in call.keywords)]))]
    return [ast.unparse(part) for part in types if isinstance(part, ast.Name | ast.Attribute) and _constants(part)]


def _constants(part: ast.Name | ast.Attribute) -> bool:
    found: object = None
    *outer, name = ast.unparse(part).split(".")
    for module in (QtCore, QtGui, QtWidgets):
        found = found or getattr(getattr(module, outer[-1], None) if outer else module, name, None)
    return isinstance(found, enum.EnumType)


def test_no_signal_names_a_class_of_constants_for_the_library_would_not_know_it() -> None:
    assert _constants_declared("s = Signal(int, Qt.Orientation)") == ["Qt.Orientation"]
    assert _constants_declared("@Slot(result=QtCore.QEvent.Type)\ndef done(): ...") == ["QtCore.QEvent.Type"]
    assert _constants_declared("p = QtCore.Property(QtMsgType)") == ["QtMsgType"]
    assert _constants_declared("s = Signal(object, QPoint, QtCore.QDate)") == []
    files = Path(crmdesk.__file__).parent.rglob("*.py")
    assert {str(file): found for file in files if (found := _constants_declared(file.read_text("utf-8")))} == {}
