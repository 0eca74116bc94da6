"""Brings PySide in, without the half of its start that only error messages and generated stubs need."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import Any, ClassVar, Final

from crmdesk.gui.pyside_enums import make_enums_quickly

# PySide keeps these as text inside its library and compiles them at every start: a third of an empty window's time.
# With each, what the library takes out of the module's dictionary, without asking the module.
_SELDOM: Final[dict[str, tuple[str, ...]]] = {
    "shibokensupport.signature.errorhandler": (),
    "shibokensupport.signature.layout": (),
    "shibokensupport.signature.lib.enum_sig": (),
    "shibokensupport.signature.lib.pyi_generator": (),
    "shibokensupport.signature.lib.tool": (),
    "shibokensupport.signature.mapping": ("update_mapping",),
    "shibokensupport.signature.parser": (),
}


class _Later(ModuleType):
    """A module of PySide's that is compiled as something of it is first asked for: a wrong call to tell about."""

    turn: ClassVar = RLock()  # jobs may make a wrong call, too: a second thread waits for the whole module
    begun: ClassVar[set[str]] = set()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever the module holds
        if name.startswith("__"):  # asked by whoever walks through all modules
            raise AttributeError(name)
        _compile(self)
        if name not in vars(self):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return vars(self)[name]

    def called(self, name: str) -> Callable[..., object]:
        """A function of the module that compiles it with the first call."""

        def call(*args: object) -> object:
            _compile(self)  # puts the real one in this one's place
            function: Callable[..., object] = vars(self)[name]
            return function(*args)

        return call


def _compile(module: ModuleType) -> None:
    """Make a module that was postponed an ordinary one, once it is whole."""
    with _Later.turn:
        if type(module) is not _Later or module.__name__ in _Later.begun:  # the latter: by what it imports itself
            return
        loader: Any = module.__loader__
        module.__spec__ = ModuleSpec(module.__name__, loader)  # PySide gave the first one another name
        _Later.begun.add(module.__name__)
        try:
            loader.exec_module(module)
            module.__class__ = ModuleType  # type: ignore[assignment]
        finally:
            _Later.begun.discard(module.__name__)


def import_pyside() -> None:
    """Import PySide6 quickly. From now on it does not look at our imports either.

    It reads the source of each module that is imported after it, in search of those that ask for its snake_case
    names; none here does. All of this goes by private names: where those are gone, starting is slower, nothing else.
    """
    make_enums_quickly()
    plain = getattr(builtins, "__orig_import__", builtins.__import__)  # PySide was imported already, by a test

    def postponing(name: str, *rest: Any, **named: Any) -> ModuleType:  # noqa: ANN401 -- as it is called
        for part in (rest[2] if len(rest) > 2 else named.get("fromlist")) or ():
            if f"{name}.{part}" in _SELDOM:
                _postpone(f"{name}.{part}")
        module: ModuleType = plain(name, *rest, **named)
        return module

    builtins.__import__ = postponing
    try:
        import_module("PySide6.QtCore")
    finally:
        builtins.__import__ = plain


def _postpone(name: str) -> None:
    """Put a module of the library's text in its place, unless the text lies on the disk, compiled."""
    loader: Any = sys.modules["shibokensupport"].__loader__
    spec = loader.find_spec(name, None) if hasattr(loader, "find_spec") else None
    if spec is not None and name not in sys.modules:
        module = sys.modules[name] = _Later(name)
        module.__spec__, module.__loader__ = spec, loader
        vars(module).update({taken: module.called(taken) for taken in _SELDOM[name]})
