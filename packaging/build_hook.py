"""Hatchling's build hook: compile the catalogues before the resources go into the wheel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Makes resources/locale/zh_CN/LC_MESSAGES/crmdesk.mo, which git does not keep, and ships it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it gathers files."""
        sys.path.insert(0, str(Path(self.root) / "packaging"))
        from catalogues import compile_catalogues

        compile_catalogues()
        build_data["artifacts"].append("resources/locale/zh_CN/LC_MESSAGES/crmdesk.mo")
