"""The list and a card on paper: page numbers, the columns as they stand, and no judgement of anybody."""

from __future__ import annotations

import re
import threading
from array import array
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.record import TimelineEntry
from crmdesk.gui import paper as paper_module
from crmdesk.gui.app import Program
from crmdesk.gui.main_window import MainWindow
from crmdesk.gui.paper import as_it_stands, card_on_paper, list_on_paper, save_pdf
from crmdesk.gui.paper_actions import as_file_name
from crmdesk.gui.paper_pages import Paper, Table, Told, draw
from crmdesk.operations import customers, listing
from crmdesk.progress import Cancelled, Progress
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def window(program: Program, full_file: Path, qtbot: QtBot) -> MainWindow:
    program.files.open(full_file)
    program.window.show()
    qtbot.waitUntil(lambda: program.desk.editable)
    program.window.show_place("customers")
    return program.window


def pages_of(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


def rows_of(paper: Paper) -> int:
    return sum(len(part.rows) for part in paper.parts if isinstance(part, Table))


def test_the_list_is_saved_with_all_its_pages(window: MainWindow, prompts, tmp_path: Path) -> None:
    target = tmp_path / "list.pdf"
    prompts.answers = [target]
    window.actions_table["save_pdf"].trigger()
    count = pages_of(target)
    assert count > 2
    assert window.toast.text().endswith(f"{count} 页")
    assert prompts.asked == ["存成 PDF"]


def test_a_card_in_front_is_what_is_printed(window: MainWindow, prompts, tmp_path: Path) -> None:
    customer = int(window.desk.read(listing.customer_ids, CustomerQuery(stages=("lost",)))[0])
    window.stack.page("customers").tabs.open_customer(customer)
    prompts.answers = [tmp_path / "card.pdf"]
    window.actions_table["save_pdf"].trigger()
    assert pages_of(tmp_path / "card.pdf") >= 1


def test_paper_shows_the_filtered_customers_and_judges_nobody(window: MainWindow) -> None:
    page = window.stack.page("customers")
    page.show_query(CustomerQuery(stages=("lost",)))
    paper = list_on_paper(window.desk.database, as_it_stands(page.list), window.desk.today)
    names = [name for _id, name in window.desk.read(listing.customer_rows, list(page.list.table().ids()), ("name",))]
    assert set(names) <= set(paper.texts())
    assert rows_of(paper) == len(names)
    card = window.desk.read(customers.customer_card, int(page.list.table().ids()[0]))
    whole = "".join([*paper.texts(), *card_on_paper(card, window.desk.today).texts()])
    assert [word for word in ("流失", "等级", "状态", "毛利", "潜力") if word in whole] == []


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_left(window: MainWindow, prompts, tmp_path) -> None:
    prompts.answers = [tmp_path / "no such folder" / "list.pdf"]
    window.actions_table["save_pdf"].trigger()
    assert [error.code for error in prompts.errors] == ["cannot_write"]


def test_a_full_disk_is_told(window: MainWindow, prompts) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    prompts.answers = [Path("/dev/full")]
    window.actions_table["save_pdf"].trigger()
    assert [error.code for error in prompts.errors] == ["cannot_write"]


def test_an_older_file_stays_until_all_pages_are_drawn(window, monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    target = tmp_path / "list.pdf"
    target.write_bytes(b"older")

    def fail(*_drawn: object) -> int:
        assert target.read_bytes() == b"older"
        raise MemoryError

    monkeypatch.setattr(paper_module, "draw", fail)
    with pytest.raises(MemoryError):
        save_pdf(Paper("名单", (Told("1", "plain"),)), target, window.desk.today, Progress())
    assert target.read_bytes() == b"older"


def test_printing_asks_for_the_printer_first(window: MainWindow, prompts) -> None:
    seen = []
    prompts.on_run = lambda dialog: (seen.append(isinstance(dialog, QPrintDialog)), dialog.reject())
    window.actions_table["print"].trigger()
    assert seen == [True]


def test_what_a_customer_is_called_is_text_and_never_markup(window: MainWindow, tmp_path: Path) -> None:
    paper = Paper("<b>王姐", (Told("<b>王姐", "title"), Table((), [("&lt;", "<td>")])))
    assert save_pdf(paper, tmp_path / "one.pdf", window.desk.today, Progress()) == 1
    assert pages_of(tmp_path / "one.pdf") == 1


def test_every_page_has_its_number(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = []
    monkeypatch.setattr(QPainter, "drawText", lambda _self, _place, _flags, text: told.append(text))
    rows = [(str(number),) for number in range(200)]
    count = save_pdf(Paper("名单", (Table(("编号",), rows),)), tmp_path / "many.pdf", window.desk.today, Progress())
    assert count > 1
    assert told.count("编号") == count  # the headings come again on each page
    assert [text for text in told if text.isdecimal()] == [str(number) for number in range(200)]
    assert [text for text in told if "·" in text] == [
        f"名单 · 2026-11-22 · {number} / {count}" for number in range(1, count + 1)
    ]


def test_the_list_is_read_beside_the_window(window: MainWindow, prompts, tmp_path, monkeypatch) -> None:
    busy, threads = [], []
    rows = listing.customer_rows

    def read(*asked: object) -> object:
        threads.append(threading.current_thread())
        return rows(*asked)

    monkeypatch.setattr(listing, "customer_rows", read)
    window.desk.work_ended.connect(lambda: busy.append("ended"))
    prompts.answers = [tmp_path / "list.pdf"]
    window.actions_table["save_pdf"].trigger()
    assert busy == ["ended", "ended"]  # reading, and drawing: long works: the progress panel had it
    assert [thread for thread in threads if thread is not threading.main_thread()]


def test_a_long_list_is_printed_as_far_as_one_waits_for_it(window: MainWindow, monkeypatch) -> None:
    monkeypatch.setattr(paper_module, "MOST_ROWS", 20)
    paper = list_on_paper(window.desk.database, as_it_stands(window.stack.page("customers").list), window.desk.today)
    assert rows_of(paper) == 20
    assert "只打印前 20 个" in "".join(paper.texts())


def test_who_is_deleted_while_the_list_is_read_is_left_out(window: MainWindow, monkeypatch) -> None:
    ids = listing.customer_ids
    monkeypatch.setattr(listing, "customer_ids", lambda *asked: array("q", [*ids(*asked)[:3], 10**9]))
    paper = list_on_paper(window.desk.database, as_it_stands(window.stack.page("customers").list), window.desk.today)
    assert rows_of(paper) == 3


@pytest.mark.parametrize(
    ("name", "file"),
    [("王姐/小店", "王姐_小店"), ('a\\b:c*d?e"f<g>h|i', "a_b_c_d_e_f_g_h_i"), ("A. B. Ltd.", "A. B. Ltd"), ("..", "_")],
)
def test_a_name_becomes_a_file_name_that_every_system_takes(name: str, file: str) -> None:
    assert as_file_name(name) == file


def test_what_was_said_in_talks_stays_off_the_paper(window: MainWindow) -> None:
    customer = int(window.desk.read(listing.customer_ids, CustomerQuery())[0])
    card = window.desk.read(customers.customer_card, customer)
    said = [TimelineEntry(window.desk.today, kind, 1, text=f"{kind} 嫌贵") for kind in ("talk", "interaction")]
    paper = card_on_paper(replace(card, timeline=tuple(said)), window.desk.today)
    whole = "".join(paper.texts())
    assert "interaction 嫌贵" in whole
    assert "talk 嫌贵" not in whole


def test_printing_that_is_stopped_writes_nothing(window: MainWindow, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        save_pdf(Paper("名单", (Table((), [("1",)]),)), tmp_path / "no.pdf", window.desk.today, progress)
    assert not (tmp_path / "no.pdf").exists()


def test_paper_is_drawn_beside_the_window(window: MainWindow, prompts, tmp_path, monkeypatch) -> None:
    threads = []
    drawn = paper_module.draw

    def draw(*asked: object) -> int:
        threads.append(threading.current_thread())
        return drawn(*asked)

    monkeypatch.setattr(paper_module, "draw", draw)
    prompts.answers = [tmp_path / "list.pdf"]
    window.actions_table["save_pdf"].trigger()
    assert [thread for thread in threads if thread is not threading.main_thread()]


def test_a_list_is_not_printed_while_a_customer_looks_on(window: MainWindow) -> None:
    window.desk.set_presenting(True)
    window.actions_table["save_pdf"].trigger()  # no file is asked for: the prompts would fail
    assert "F9" in window.toast.text()


def test_a_long_note_goes_on_over_the_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = []
    monkeypatch.setattr(QPainter, "drawText", lambda _self, _place, _flags, text: told.append(text))
    note = "".join(f"第{number}句。" for number in range(3000))
    paper = Paper("卡", (Table((), [("备注", note)]),))
    assert save_pdf(paper, tmp_path / "note.pdf", window.desk.today, Progress()) > 1
    assert "".join(text for text in told if "句" in text) == note


@pytest.mark.parametrize(
    "note",
    ["\n".join(["好"] * 36), "\n".join(["早𠮷"] * 200) + "\n" + "很长的一段话" * 60 + "\n\n" + "one word " * 900],
)
@pytest.mark.usefixtures("qapp")
def test_no_line_of_a_note_is_cut(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, note: str) -> None:
    told = []

    def measured(painter: QPainter, place: QRectF, flags: int, text: str) -> None:
        needed = painter.boundingRect(QRectF(place.left(), place.top(), place.width(), 1e6), flags, text)
        assert needed.height() <= place.height(), text
        assert needed.bottom() <= painter.device().height()
        told.append(text)

    monkeypatch.setattr(QPainter, "drawText", measured)
    save_pdf(Paper("卡", (Table((), [("备注", note)]),)), tmp_path / "note.pdf", TODAY, Progress())
    shown = "".join(text for text in told if text != "备注" and "·" not in text)
    assert shown.replace("\n", "") == note.replace("\n", "")


class StoppedAtTheFirstPage(Progress):
    """Asked to stop while the pages are drawn or about to be."""

    def report(self, what: str, done: int, total: int = 0) -> None:
        if total:
            self.cancel()
        super().report(what, done, total)


@pytest.mark.usefixtures("qapp")
def test_a_print_job_that_is_stopped_gives_the_printer_no_page(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    rows = [(f"行{number}", "x") for number in range(400)]
    with pytest.raises(Cancelled):
        draw(Paper("名单", (Table(("a", "b"), rows),)), printer, "2026-11-22", StoppedAtTheFirstPage())
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_is_gone_is_said_in_a_sentence(window: MainWindow, prompts, tmp_path: Path) -> None:
    def gone(dialog: QPrintDialog) -> None:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(tmp_path / "gone" / "out.pdf"))
        dialog.accept()

    prompts.on_run = gone
    window.actions_table["print"].trigger()
    assert [say(error) for error in prompts.errors] == ["打印机没有接收。看看它开着没有、连上没有，再打印一次。"]


@pytest.mark.usefixtures("qapp")
def test_a_printer_that_goes_away_halfway_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QPdfWriter, "newPage", lambda _self: False)
    paper = Paper("名单", (Table(("编号",), [(str(number),) for number in range(200)]),))
    with pytest.raises(Refused, match="cannot_print"):
        save_pdf(paper, tmp_path / "out.pdf", TODAY, Progress())
    assert not (tmp_path / "out.pdf").exists()
