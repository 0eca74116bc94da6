"""Cards into a file and out of it, the whole way."""

from __future__ import annotations

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import exporting, history, importing
from crmdesk.operations.customers import all_customers
from crmdesk.operations.listing import customer_ids
from crmdesk.progress import Progress
from crmdesk.storage.database import create_database

BOOK = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=BC=9F;;;
TEL;CELL:138-0013-8000
TEL;HOME:0571-88881234
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:李;娜;;;
ORG:华强商贸;采购部
TITLE:采购
TEL;TYPE=CELL:13900139000
EMAIL:li@a.cn
NOTE:周三不接电话
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:王强
N:王;强;;;
ORG:华强商贸
TEL;VALUE=uri;TYPE="work,voice":tel:+86-571-88885678
END:VCARD
"""


@pytest.fixture
def database(tmp_path, clock: Clock):
    database = create_database(tmp_path / "客户.crmdesk", clock)
    yield database
    database.close()


def take(database, path):
    preview = importing.preview_sheets(database, [path], Progress())
    try:
        return importing.import_preview(database, preview, Progress())
    finally:
        preview.close()


def people(database):
    return {r.customer.name: r.customer for r in all_customers(database, list(customer_ids(database, CustomerQuery())))}


def facts(database):
    def points(of):
        return [(point.kind, point.value, point.label) for point in of.points]

    return {
        (
            c.name,
            c.code,
            c.kind,
            c.address,
            c.birthday,
            str(points(c)),
            str([(p.name, p.title, points(p)) for p in c.contacts]),
        )
        for c in people(database).values()
    }


def test_a_phone_book_comes_in_and_is_taken_back(database, tmp_path):
    book = tmp_path / "通讯录.vcf"
    book.write_text(BOOK, encoding="utf-8")
    before = history.logical_dump(database)
    summary = take(database, book)
    assert [(one.kind, one.counts.new) for one in summary.sheets] == [("customers", 1), ("contacts", 2)]
    found = people(database)
    assert found.keys() == {"张伟", "华强商贸"}
    assert [(p.value, p.label) for p in found["张伟"].points] == [("13800138000", ""), ("0571-88881234", "住宅电话")]
    assert [(c.name, c.title) for c in found["华强商贸"].contacts] == [("李娜", "采购"), ("王强", "")]
    assert "周三不接电话" in found["华强商贸"].notes
    history.undo(database)
    assert history.logical_dump(database) == before


def test_what_goes_out_as_cards_comes_back_the_same(database, tmp_path, clock):
    book = tmp_path / "通讯录.vcf"
    book.write_text(BOOK, encoding="utf-8")
    take(database, book)
    out = tmp_path / "out.vcf"
    assert exporting.export_customers(database, out, Progress()) == 3
    again = take(database, out)
    assert all(one.counts.new == one.counts.updated == 0 for one in again.sheets)
    other = create_database(tmp_path / "other.crmdesk", clock)
    take(other, out)
    assert facts(other) == facts(database)
    other.close()


def test_only_the_chosen_go_out(database, tmp_path):
    book = tmp_path / "通讯录.vcf"
    book.write_text(BOOK, encoding="utf-8")
    take(database, book)
    out = tmp_path / "out.vcf"
    assert exporting.export_customers(database, out, Progress(), [people(database)["张伟"].id]) == 1
    assert "华强" not in out.read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_refused(database, tmp_path):
    with pytest.raises(Refused) as refused:
        exporting.export_customers(database, tmp_path / "nowhere" / "out.vcf", Progress())
    assert refused.value.phrase.code == "cannot_write"


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCARD\r\n" * 20_000,
        b"BEGIN:VCARD\r\nFN:" + b"A" * 3_000_000 + b"\r\nEND:VCARD",
        b"BEGIN:VCARD\r\nTEL" + b";X=1" * 200_000 + b":1\r\nEND:VCARD",
        b"BEGIN:VCARD\r\nNOTE;ENCODING=QUOTED-PRINTABLE:" + b"=41=\r\n" * 200_000 + b"\r\nEND:VCARD",
        b"BEGIN:VCARD\r\n" + b"".join(b"X-Q%d:a\r\n" % n for n in range(5_000)) + b"END:VCARD",
        b"BEGIN:VCARD\r\nFN:" + b"\xff\xfe\0" * 1_000 + b"\r\nEND:VCARD",
    ],
    ids=["nested", "long", "parameters", "soft", "columns", "bytes"],
)
def test_a_hostile_card_ends_in_a_table_or_a_sentence(database, tmp_path, content):
    book = tmp_path / "bad.vcf"
    book.write_bytes(content)
    try:
        preview = importing.preview_sheets(database, [book], Progress())
    except Refused as refused:
        assert refused.phrase.code
    else:
        preview.close()
