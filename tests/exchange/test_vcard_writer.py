"""Customers as cards, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.text import is_ditto
from crmdesk.excel.cells import ReadContext, row_reader
from crmdesk.excel.told import told_columns, told_grid, told_layout
from crmdesk.exchange.vcard_table import card_tables
from crmdesk.exchange.vcard_writer import cards_of, folded, write_cards

# A mark for "the same as above" is no text of anybody's.
TEXT = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12).filter(lambda t: not is_ditto(t))
LABELS = st.sampled_from(["", "手机", "电话", "公司电话", "住宅电话", "仓库", "Work", "财务, 王姐"])
PHONES = st.from_regex(r"1[3-9][0-9]{9}|0571-[2-9][0-9]{7}(-[0-9]{1,3})?|\+852[0-9]{8}|[1-9][0-9]{9}", fullmatch=True)
POINTS = st.one_of(
    st.builds(Point, st.just("phone"), PHONES, LABELS),
    st.builds(Point, st.sampled_from(["wechat", "qq", "email", "fax"]), TEXT, LABELS),
)
SETS = st.lists(POINTS, max_size=4, unique_by=lambda point: (point.kind, point.value)).map(tuple)
PEOPLE = st.lists(
    st.builds(Contact, name=TEXT, title=st.one_of(st.just(""), TEXT), points=SETS),
    max_size=3,
    unique_by=lambda c: c.name,
)
CUSTOMERS = st.builds(
    Customer,
    name=TEXT,
    code=st.one_of(st.just(""), TEXT),
    kind=st.sampled_from(["", "company", "person"]),
    address=st.one_of(st.just(""), TEXT),
    birthday=st.sampled_from(["", "1980-03-22", "--08-15"]),
    points=SETS,
    contacts=PEOPLE.map(tuple),
)


def rows_of(content: bytes) -> list[dict]:
    context = ReadContext(date(2026, 11, 22))
    rows = []
    for table in card_tables("x", content, "utf-8"):
        grid = told_grid(table, "utf-8")
        read = row_reader(told_columns(told_layout(grid, table), table, context), context)
        rows += [read(number, cells) for number, cells in enumerate(grid.rows(), 1) if number in table.rows]
    return [{**row.values, "!": row.issues} for row in sorted(rows, key=lambda row: row.row)]


def text_of(customer: Customer) -> bytes:
    return "".join(folded(line) for card in cards_of(customer) for line in card).encode()


def plain(points) -> set[tuple[str, str, str]]:
    return {(point.kind, point.value, point.label) for point in points}


@settings(max_examples=80, deadline=None)
@given(CUSTOMERS)
def test_a_customer_comes_back_from_its_cards_as_it_was(customer):
    rows = rows_of(text_of(customer))
    assert {row["name"] for row in rows} == {customer.name}
    assert {row.get("code", "") for row in rows} == {customer.code}
    assert {row.get("address", "") for row in rows} == {customer.address}
    assert {tuple(point) for row in rows for point in row.get("points", ())} == plain(customer.points)
    people = {one[0]: one for row in rows for one in row.get("contacts", ())}
    assert people.keys() == {contact.name for contact in customer.contacts}
    for contact in customer.contacts:
        assert people[contact.name][1] == contact.title
        assert set(map(tuple, people[contact.name][3])) == plain(contact.points)
    assert {row["birthday"] for row in rows if "birthday" in row} == {customer.birthday} - {""}
    assert [row["!"] for row in rows if row["!"]] == []


@given(st.text(max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_is_lost(text):
    line = "FN:" + text.replace("\r", "").replace("\n", "")
    whole = folded(line)
    assert all(len(piece.encode("utf-8", "replace")) <= 75 for piece in whole.split("\r\n"))
    assert whole.removesuffix("\r\n").replace("\r\n ", "") == line


def test_a_card_says_nothing_that_is_the_houses_own():
    customer = Customer(
        name="华强商贸",
        intent="high",
        tier_given="A",
        stage_given="跟进中",
        given_order_total=10_000_000,
        notes="拖款",
        tags=("老赖",),
        extra={"毛利": "30%"},
        points=(Point("phone", "13800138000"),),
    )
    said = text_of(customer).decode()
    assert not any(word in said for word in ("high", "拖款", "老赖", "30%", "跟进", "1000", "TIER"))


def test_a_company_has_a_card_of_its_own_and_one_for_each_of_its_people():
    customer = Customer(
        name="华强商贸",
        points=(Point("phone", "0571-88881234", "公司电话"),),
        contacts=(Contact("李娜", "采购", points=(Point("phone", "13900139000"),)), Contact("王强")),
    )
    company, buyer, other = cards_of(customer)
    assert company[3:] == [
        "N:;;;;",
        "FN:华强商贸",
        "ORG:华强商贸",
        "TEL;TYPE=WORK,VOICE:0571-88881234",
        "END:VCARD",
    ]
    assert buyer[3:] == [
        "N:李娜;;;;",
        "FN:李娜",
        "ORG:华强商贸",
        "TITLE:采购",
        "TEL;TYPE=CELL,VOICE:13900139000",
        "END:VCARD",
    ]
    assert "ORG:华强商贸" in other


def test_a_label_of_the_users_own_stands_beside_the_number():
    [card] = cards_of(Customer(name="张伟", points=(Point("phone", "13800138000", "仓库"),)))
    assert "item1.TEL;TYPE=VOICE:13800138000" in card
    assert "item1.X-ABLabel:仓库" in card


def test_a_failure_leaves_the_file_that_was_there(tmp_path):
    target = tmp_path / "x.vcf"
    target.write_text("old")

    def broken():
        yield Customer(name="张伟"), {}
        raise OSError(28, "no space")

    with pytest.raises(OSError, match="no space"):
        write_cards(target, broken())
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
