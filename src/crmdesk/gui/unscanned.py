"""Spares every start the reading of all sources that PySide does by itself."""

from __future__ import annotations

from importlib import import_module


def import_unscanned() -> None:
    """From now on PySide does not read the source of each module that is imported, ours or a library's.

    It looks for the word PySide6, to know which modules may ask for snake_case names; none here does.
    Reading them costs as much as the rest of importing.
    """
    import_module("PySide6.QtCore")
    feature = import_module("shibokensupport.feature")
    names = vars(feature)
    if "_mod_uses_pyside" in names:  # a private name: where it is gone, starting is slower, nothing else
        names["_mod_uses_pyside"] = lambda _module: False
