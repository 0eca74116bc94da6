"""Brings PySide in, without the half of its start that only error messages and generated stubs need."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any, ClassVar, Final

from crmdesk.gui.pyside_enums import make_enums_quickly, make_members

_FEATURES: Final = "shibokensupport.feature"
# PySide keeps these as text inside its library and compiles them at every start: a third of an empty window's time.
# With each, what the library takes out of the module's dictionary, without asking the module.
_SELDOM: Final[dict[str, tuple[str, ...]]] = {
    _FEATURES: (),
    "shibokensupport.signature.errorhandler": (),
    "shibokensupport.signature.layout": (),
    "shibokensupport.signature.lib.enum_sig": (),
    "shibokensupport.signature.lib.pyi_generator": (),
    "shibokensupport.signature.lib.tool": (),
    "shibokensupport.signature.mapping": ("update_mapping",),
    "shibokensupport.signature.parser": (),
}
# What PySide, and what it imports, takes of the standard library only to have it at hand: with what these import in
# their turn, two dozen modules. With each, what is taken by name.
_AT_HAND: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("bz2", "inspect", "lzma", "shutil", "tempfile", "traceback"), ()),
    "textwrap": ("dedent",),
    "urllib.parse": ("quote_from_bytes",),
}


class _Later(ModuleType):
    """A module that is run as something of it is first asked for: of PySide's, by a wrong call to tell about."""

    # Jobs may make a wrong call, too: a second thread waits for the whole module. Each has a lock of its own, for one
    # that is run imports others, and whoever is importing those may be waiting for another of these.
    turns: ClassVar[dict[ModuleType, Any]] = {}
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
    with _Later.turns[module]:
        if type(module) is not _Later or module.__name__ in _Later.begun:  # the latter: by what it imports itself
            return
        loader: Any = module.__loader__
        if module.__spec__ is not None:
            module.__spec__.name = module.__name__  # PySide gave it another one
        _Later.begun.add(module.__name__)
        if module.__name__ in _SELDOM:
            make_members()
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
                _postpone_text(f"{name}.{part}")
        module: ModuleType = plain(name, *rest, **named)
        return module

    for name, taken in _AT_HAND.items():
        _postpone(name, find_spec(name), taken)
    builtins.__import__ = postponing
    try:
        import_module("PySide6.QtCore")
    finally:
        builtins.__import__ = plain
    if not any(isinstance(sys.modules.get(name), _Later) for name in _SELDOM):
        make_members()  # they were not postponed, so nothing will tell when they are used


def _postpone_text(name: str) -> None:
    """Postpone a module of the library's text, unless the text lies on the disk, compiled."""
    loader: Any = sys.modules["shibokensupport"].__loader__
    _postpone(name, loader.find_spec(name, None) if hasattr(loader, "find_spec") else None, _SELDOM[name])
    if name == _FEATURES and name in sys.modules:
        vars(sys.modules[name]).update(feature_import=_unasked, feature_imported=_unasked)


def _postpone(name: str, spec: ModuleSpec | None, taken: tuple[str, ...]) -> None:
    """Put a module that waits in the place of one that was not imported yet; `taken` is what is not asked for."""
    if spec is None or name in sys.modules:
        return
    module: Any = module_from_spec(spec)
    module.__class__ = _Later
    _Later.turns[module] = RLock()
    vars(module).update({function: module.called(function) for function in taken})
    sys.modules[name] = module
    package, _, last = name.rpartition(".")
    if package:
        setattr(sys.modules[package], last, module)  # as the import of a part does


def _unasked(*_import: object, **_named: object) -> None:
    """Instead of asking whether an import, or the source of what was imported, wants snake_case names: none does."""
