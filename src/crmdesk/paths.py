"""Where the user's data and the program's resources lie; the only module that knows."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_HERE = Path(__file__).parent


def resource(*parts: str) -> Path:
    """A file of the program's own resources: inside the installed package, else in the source tree."""
    installed = _HERE / "resources"
    root = installed if installed.is_dir() else _HERE.parent.parent / "resources"
    return root.joinpath(*parts)


def settings_file() -> Path:
    """The program's settings (TOML); it may not exist yet."""
    if sys.platform == "linux":
        # What platformdirs answers there, without loading it: the start needs no other folder.
        kept = Path(os.environ.get("XDG_CONFIG_HOME", ""))
        return (kept if kept.is_absolute() else Path.home() / ".config") / "crmdesk" / "settings.toml"
    import platformdirs

    return Path(platformdirs.user_config_dir("crmdesk", appauthor=False)) / "settings.toml"


def backup_folder() -> Path:
    """Where backups of every file are kept, away from the files themselves."""
    import platformdirs

    return Path(platformdirs.user_data_dir("crmdesk", appauthor=False)) / "backups"


def log_folder() -> Path:
    """Where the program writes its log."""
    import platformdirs

    return Path(platformdirs.user_log_dir("crmdesk", appauthor=False))


def documents_folder() -> Path:
    """Where a new file of the user's is proposed."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())
