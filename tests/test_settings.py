"""Settings are read as they were written, by whomever; the plain ones without TOML's own reader."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.settings import Settings, _plain_entries, read_settings, write_settings

LINES = st.sampled_from(
    [
        "theme = ",
        '"',
        "\\",
        "\\\\",
        "\\n",
        "\\u4e2d",
        "dark",
        "12",
        "007",
        "\n",
        " ",
        "#",
        "true",
        "'",
        '""',
        "a = 1",
        "三",
    ]
)


@given(st.text(), st.text(), st.integers(0, 10**6))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, theme: str, recent: str, cap: int) -> None:
    path = tmp_path_factory.getbasetemp() / "settings.toml"
    settings = Settings(theme=theme, recent=recent, daily_cap=cap)
    try:
        write_settings(path, settings)
    except UnicodeEncodeError:  # half a character, which no file can hold
        return

    assert read_settings(path) == settings


@given(st.lists(LINES, max_size=12).map("".join))
def test_a_plain_reading_is_the_one_of_toml(text: str) -> None:
    plain = _plain_entries(text)

    assert plain is None or plain == tomllib.loads(text)


def test_paths_of_either_system_are_plain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(
        last_file=r"C:\\new\\客户.crmdesk", recent='/home/a "b"/x.crmdesk\nC:\\n.crmdesk', text_scale=110
    )
    write_settings(tmp_path / "settings.toml", settings)
    monkeypatch.setitem(sys.modules, "tomllib", None)  # nobody asks for it

    assert read_settings(tmp_path / "settings.toml") == settings


def test_settings_that_somebody_edited_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\ntheme = 'dark'  # at night\ntext_scale = \"large\"\nnew = [1]\n", encoding="utf-8")

    assert read_settings(path) == Settings(theme="dark")


@pytest.mark.parametrize("broken", [b"theme = dark", b"\xff\xfe", b'theme = "a', b"theme"])
def test_broken_settings_are_the_usual_ones(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(broken)

    assert read_settings(path) == Settings()
    assert read_settings(tmp_path / "none" / "settings.toml") == Settings()
