"""Photos on cards: kept, shown, merged, taken back, and written out again."""

from __future__ import annotations

import zipfile
from base64 import b64encode
from contextlib import closing
from hashlib import sha256

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.customer import Contact, Customer
from crmdesk.domain.photo import LARGEST, photo_kind, photo_text
from crmdesk.domain.query import CustomerQuery
from crmdesk.exchange.vcard_lines import read_cards
from crmdesk.exchange.vcard_writer import cards_of, folded
from crmdesk.operations import backups, customers, duplicates, exporting, history, importing
from crmdesk.operations.files import create_file, open_file
from crmdesk.operations.listing import customer_ids
from crmdesk.progress import Progress
from crmdesk.storage import photos as kept

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 500


def photo(content, head="PHOTO;ENCODING=b;TYPE=JPEG"):
    return folded(f"{head}:{b64encode(content).decode()}")


BOOK = "".join(
    [
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:张;伟;;;\r\nTEL:13800138000\r\n",
        photo(JPEG),
        "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nN:李;娜;;;\r\nORG:华强商贸\r\nTEL:13900139000\r\n",
        folded(f"PHOTO:data:image/png;base64,{b64encode(PNG).decode()}"),
        "END:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:王强\r\nTEL:13700137000\r\n",
        "PHOTO:https://example.com/a.jpg\r\nEND:VCARD\r\n",
    ]
)


@pytest.fixture
def database(tmp_path, clock: Clock):
    database = create_file(tmp_path / "客户.crmdesk", clock)
    yield database
    database.close()


def take(database, path):
    with importing.preview_sheets(database, [path], Progress()) as preview:
        return importing.import_preview(database, preview, Progress())


def pictures(database):
    """Photos by the names of the customer and, for a contact's, the contact."""
    found = {}
    for record in customers.all_customers(database):
        names = {0: "", **{contact.id: contact.name for contact in record.customer.contacts}}
        with database.raw_read() as raw:
            held = kept.of_customers(raw, [record.customer.id]).get(record.customer.id, {})
        found |= {(record.customer.name, names[contact]): content for contact, content in held.items()}
    return found


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "通讯录.vcf"
    path.write_text(BOOK, encoding="utf-8", newline="")
    return path


BOTH = {("张伟", ""): JPEG, ("华强商贸", "李娜"): PNG}


def test_photos_come_in_with_their_cards_and_a_second_time_adds_nothing(database, book):
    summary = take(database, book)
    assert pictures(database) == BOTH
    assert [note.values["count"] for sheet in summary.sheets for note in sheet.draft.notes] == [1], "one is on the net"
    assert take(database, book).step == 0


def test_an_archive_of_cards_brings_its_photos(database, book, tmp_path):
    with zipfile.ZipFile(tmp_path / "名片.zip", "w") as package:
        package.write(book, "a/通讯录.vcf")
    take(database, tmp_path / "名片.zip")
    assert pictures(database) == BOTH


def test_undo_takes_photos_back_and_redo_brings_them_without_holding_them_twice(database, book):
    before = history.logical_dump(database)
    take(database, book)
    whole = history.logical_dump(database)
    assert sha256(JPEG).hexdigest() in whole
    history.undo(database)
    assert (history.logical_dump(database), pictures(database)) == (before, {})
    history.redo(database)
    assert (history.logical_dump(database), pictures(database)) == (whole, BOTH)
    with database.raw_read() as raw:
        assert raw.execute("SELECT count(*) FROM photo_contents").fetchone() == (2,)
        assert raw.execute("SELECT coalesce(max(length(old)), 0) FROM step_values").fetchone()[0] < len(JPEG)


def test_a_customer_shows_its_own_photo_or_that_of_its_first_contact(database, book):
    take(database, book)
    shown = [customers.customer_card(database, one).photo for one in customer_ids(database, CustomerQuery())]
    assert sorted(shown) == sorted([JPEG, PNG, b""])


def test_a_deleted_customer_comes_back_from_the_bin_with_its_photo(database, book):
    take(database, book)
    gone = next(record.customer.id for record in customers.all_customers(database) if record.customer.name == "张伟")
    customers.delete_customers(database, [gone])
    assert pictures(database) == {("华强商贸", "李娜"): PNG}
    history.undo(database)
    assert pictures(database) == BOTH


def test_merging_keeps_the_photos_of_both(database, book):
    take(database, book)
    named = {record.customer.name: record.customer.id for record in customers.all_customers(database)}
    duplicates.merge(database, named["华强商贸"], named["张伟"])
    assert pictures(database) == {("华强商贸", ""): JPEG, ("华强商贸", "李娜"): PNG}


def test_cards_are_written_with_their_photos(database, book, tmp_path, clock):
    take(database, book)
    exporting.export_customers(database, tmp_path / "out.vcf", Progress())
    with closing(create_file(tmp_path / "new.crmdesk", clock)) as other:
        take(other, tmp_path / "out.vcf")
        assert pictures(other) == BOTH


def test_a_backup_holds_the_photos(database, book, tmp_path, clock):
    take(database, book)
    made = backups.back_up(database, Progress())
    copy = tmp_path / "copy.crmdesk"
    copy.write_bytes(made.path.read_bytes())
    with closing(open_file(copy, clock)) as other:
        assert pictures(other) == BOTH


def test_a_photo_that_is_too_large_or_no_picture_stays_behind(database, tmp_path):
    large = JPEG + b"\0" * LARGEST
    text = "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nTEL:1380013800{n}\r\n{photo(content)}END:VCARD\r\n"
        for n, (name, content) in enumerate([("甲", large), ("乙", b"MZ\x90\0 no picture")])
    )
    (tmp_path / "a.vcf").write_text(text, encoding="utf-8", newline="")
    summary = take(database, tmp_path / "a.vcf")
    assert pictures(database) == {}
    assert [note.values["count"] for note in summary.sheets[0].draft.notes] == [2]
    assert summary.created.customers == 2


def test_the_photo_of_an_old_card_is_read(book):
    text = f"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\n{photo(JPEG, 'PHOTO;ENCODING=BASE64;JPEG')}\r\nEND:VCARD\r\n"
    [card] = read_cards(text.encode(), "utf-8")
    assert [entry.content for entry in card.properties if entry.name == "PHOTO"] == [JPEG]


@pytest.mark.parametrize(
    ("content", "kind"),
    [(JPEG, "jpeg"), (PNG, "png"), (b"GIF89a", "gif"), (b"RIFF\0\0\0\0WEBPVP8", "webp"), (b"<svg>", ""), (b"", "")],
)
def test_a_picture_is_known_by_its_first_bytes(content, kind):
    assert photo_kind(content) == kind
    assert photo_text(JPEG) == "JPEG 11 KB"


def test_a_company_and_its_people_have_photos_of_their_own():
    company = Customer(name="华强商贸", contacts=(Contact(name="李娜", id=7), Contact(id=8)))
    own, person = cards_of(company, {7: PNG, 8: JPEG})
    assert [line.partition(":")[0] for line in (*own, *person) if line.startswith("PHOTO")] == [
        "PHOTO;ENCODING=b;TYPE=JPEG",
        "PHOTO;ENCODING=b;TYPE=PNG",
    ]
