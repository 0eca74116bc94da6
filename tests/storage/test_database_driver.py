"""Connections of the raw driver: to the file that is named, whatever its name holds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from crmdesk.storage.database_driver import connect

SIGNS = "客户 100% %41 #1 &a=b+c;d" + ("" if sys.platform == "win32" else "?mode=ro:e")


@pytest.mark.parametrize("sign", [SIGNS, *SIGNS.split()])
def test_a_file_keeps_its_name_whatever_an_address_makes_of_the_signs(tmp_path: Path, sign: str) -> None:
    file = tmp_path / f"{sign}.crmdesk"
    raw = connect(file, writer=True, create=True)
    raw.execute("CREATE TABLE t(a)")
    raw.close()

    assert [found.name for found in tmp_path.iterdir()] == [file.name]
