"""A phone book dropped on the window, looked over and taken in like any sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crmdesk.gui.dialogs.import_wizard import COLUMNS, DONE, PROBLEMS
from crmdesk.operations import listing

BOOK = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=BC=9F;;;
TEL;CELL:138-0013-8000
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:李;娜;;;
ORG:华强商贸
TEL;TYPE=CELL:13900139000
END:VCARD
"""


def test_a_phone_book_goes_through_the_wizard(main_window, prompts, tmp_path):
    steps = []

    def go(dialog):
        if dialog.objectName() != "import_wizard":
            dialog.accept()
            return
        while dialog.step() != DONE:
            steps.append(dialog.step())
            QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.next, Qt.MouseButton.LeftButton)

    prompts.on_run = go
    book = tmp_path / "通讯录.vcf"
    book.write_text(BOOK, encoding="utf-8")
    for _time in range(2):  # the second time everybody is known
        main_window.frame_actions.take_files([book])
        assert main_window.desk.read(listing.customer_count) == 2
    assert steps[:2] == [COLUMNS, PROBLEMS]
