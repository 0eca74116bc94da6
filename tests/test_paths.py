"""Where things lie."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from crmdesk import paths


@pytest.mark.parametrize("kept", ["", "nearby", "/elsewhere/settings"])
def test_settings_lie_where_the_system_keeps_them(kept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", kept)

    assert paths.settings_file().parent == Path(platformdirs.user_config_dir("crmdesk", appauthor=False))


def test_each_folder_is_one_of_the_programs_own() -> None:
    assert paths.backup_folder().name == "backups"
    assert "crmdesk" in str(paths.log_folder())
    assert paths.documents_folder().is_absolute()
