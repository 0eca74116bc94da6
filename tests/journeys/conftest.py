"""The journeys go through the real window: they stand on what the window's own tests stand on."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

NAME = "window_of_the_journeys"
_spec = spec_from_file_location(NAME, Path(__file__).parent.parent / "gui" / "conftest.py")
_window = sys.modules[NAME] = module_from_spec(_spec)
_spec.loader.exec_module(_window)

_look = _window._look
prompts = _window.prompts
desk = _window.desk
program = _window.program
main_window = _window.main_window
