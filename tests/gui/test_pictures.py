"""Pictures of the real window, in both languages and themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from crmdesk.domain.customer import Customer
from crmdesk.gui.pictures import take_pictures
from crmdesk.operations import customers, files


@pytest.fixture
def file(clock, tmp_path: Path) -> Path:
    path = tmp_path / "names.crmdesk"
    database = files.create_file(path, clock)
    for name in ("王姐超市", "老李五金", "小赵便利店"):
        customers.add_customer(database, Customer(name=name))
    database.close()
    return path


@pytest.mark.parametrize(("language", "theme"), [("zh", "dark"), ("en", "light")])
def test_every_page_and_dialog_has_its_picture(file, clock, tmp_path, qapp, language, theme) -> None:
    before = file.read_bytes()
    taken = take_pictures(file, tmp_path / "out", clock, language=language, theme=theme, size=(1366, 768))
    names = {path.stem for path in taken}
    assert {"today", "customers", "customer", "follow_ups", "insight", "settings", "log", "history", "bin"} <= names
    picture = QImage(str(tmp_path / "out" / "customers.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    assert file.read_bytes() == before
