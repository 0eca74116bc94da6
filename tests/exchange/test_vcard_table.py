"""Cards as the tables that an import takes."""

from __future__ import annotations

import pytest

from crmdesk.domain.fields import Field
from crmdesk.domain.phrase import Phrase
from crmdesk.excel.draft import open_reading
from crmdesk.exchange.vcard_table import card_tables
from crmdesk.progress import Progress

PERSON = "BEGIN:VCARD\nN:张;伟;;;\nTEL;CELL:13800138000\nTEL;WORK:0571-88881234\nEND:VCARD\n"
AT_COMPANY = "BEGIN:VCARD\nN:李;娜;;;\nORG:华强商贸\nTITLE:采购\nTEL;CELL:13900139000\nEMAIL:li@a.cn\nEND:VCARD\n"
COMPANY = (
    "BEGIN:VCARD\nN:;;;;\nFN:华强商贸\nORG:华强商贸\nTEL;WORK:0571-88885678\nADR:;;文三路1号;杭州;浙江;;\nEND:VCARD\n"
)


def tables(*cards: str):
    return card_tables("通讯录", "".join(cards).encode(), "utf-8")


def cell(table, number: int, field: Field) -> str:
    places = [place for place, column in enumerate(table.columns) if column.field is field]
    return next((table.rows[number][place] for place in places if place in table.rows[number]), "")


def test_people_are_customers_and_companies_have_contacts():
    people, companies = tables(PERSON, COMPANY, AT_COMPANY)
    assert (people.kind, list(people.rows)) == ("customers", [1])
    assert (companies.kind, list(companies.rows)) == ("contacts", [2, 3])
    assert cell(people, 1, Field.NAME) == "张伟"
    assert cell(companies, 2, Field.PHONE) == "0571-88885678"
    assert cell(companies, 3, Field.CONTACT_NAME) == "李娜"
    assert cell(companies, 3, Field.CONTACT_PHONE) == "13900139000"


def test_one_sort_of_cards_makes_one_table_named_like_the_file():
    [table] = tables(PERSON)
    assert table.name == "通讯录"


def test_phones_of_a_label_share_a_column():
    [table] = tables(PERSON)
    assert [(c.header, c.options["label"]) for c in table.columns if c.field is Field.PHONE] == [
        ("手机", ""),
        ("公司电话", "公司电话"),
    ]


def test_groups_and_empty_cards_are_told_and_photos_counted():
    [table] = tables(PERSON, "BEGIN:VCARD\nKIND:group\nFN:同事\nEND:VCARD\n", "BEGIN:VCARD\nEND:VCARD\n", PERSON[:30])
    assert table.skipped == {2: "card_group", 3: "card_empty"}
    [table] = tables("BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:AAAA\nEND:VCARD\n")
    assert table.notes == (Phrase("card_photos_left", {"count": 1}),)


def test_a_card_that_breaks_off_is_read_and_told():
    [table] = tables(PERSON, PERSON.removesuffix("END:VCARD\n"))
    assert list(table.rows) == [1, 2]
    assert table.notes == (Phrase("card_cut"),)


@pytest.mark.parametrize(
    ("file", "cards"),
    [
        ("John_Doe_ANDROID.vcf", 6),
        ("John_Doe_IPHONE.vcf", 1),
        ("John_Doe_GMAIL.vcf", 1),
        ("outlook-2007.vcf", 1),
        ("gmail-list.vcf", 3),
        ("rfc2426-example.vcf", 2),
        ("rc_johndoe.vcf", 1),
        ("rc_utf-16_sample.vcf", 1),
        ("rc_contacts.vcf", 2),
    ],
)
def test_every_card_of_real_programs_is_a_row(shared_data, file, cards):
    with open_reading(shared_data / "customers" / file, Progress()) as reading:
        taken = [sheet for sheet in reading.sheets if sheet.kind != "ignored"]
        rows = [row for sheet in taken for chunk in reading.rows(sheet.index, Progress()) for row in chunk]
    assert sorted(row.row for row in rows) == list(range(1, cards + 1))


def read(shared_data, file):
    with open_reading(shared_data / "customers" / file, Progress()) as reading:
        [row] = [row for sheet in reading.sheets for chunk in reading.rows(sheet.index, Progress()) for row in chunk]
    return row


def test_the_card_of_an_iphone_is_read_whole(shared_data):
    row = read(shared_data, "John_Doe_IPHONE.vcf")
    assert row.values["name"] == "IBM"
    [(name, title, _salutation, points)] = row.values["contacts"]
    assert (name, title) == ("John Richter James Doe Sr.", "Money Counter")
    assert [point[1:] for point in points if point[0] == "phone"] == [
        ("9055551234", ""),
        ("9056661234", "住宅电话"),
        ("9057771234", "公司电话"),
        ("9051111234", "寻呼机"),
        ("9052221234", "助理电话"),
    ]
    assert [point[1] for point in points if point[0] == "fax"] == ["9058881234", "9059991234"]
    assert row.values["birthday"] == "2012-06-06"
    assert row.issues == []


def test_latin_1_and_utf_16_are_read_right(shared_data):
    assert read(shared_data, "rc_johndoe.vcf").values["contacts"][0][0] == "John Doë"
    assert read(shared_data, "rc_utf-16_sample.vcf").values["name"] == "Ǽgean ĽdaMonté"
