"""Address books of Google, Outlook and Thunderbird."""

from __future__ import annotations

from crmdesk.excel.draft import open_reading
from crmdesk.exchange.contacts_csv import book_people, is_book
from crmdesk.exchange.vcard_person import Person
from crmdesk.progress import Progress

GOOGLE = (
    "First Name,Middle Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,"
    "Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Label,Address 1 - Formatted,Address 1 - Street,"
    "Address 1 - City,Address 1 - Region,Organization Name,Organization Title,Custom Field 1 - Value\n"
)


def people(text: str, encoding: str = "utf-8") -> list[Person]:
    return [person for _row, person in book_people(text.encode(encoding), encoding) if person]


def test_a_google_row_is_the_person_it_tells():
    [told] = people(
        GOOGLE + "伟,,张,1980-03-22,老客户,* myContacts ::: 批发,* Home,z@a.cn,Mobile,13800138000 ::: 13900139000,"
        "仓库,0571-88881234,"
        "Work,浙江杭州文三路1号,文三路1号,杭州,浙江,华强商贸,采购,码洋\n"
    )
    assert (told.name, told.company, told.title, told.birthday) == ("张伟", "华强商贸", "采购", "1980-03-22")
    assert told.points == [
        ("email", "z@a.cn", ""),
        ("phone", "13800138000", "手机"),
        ("phone", "13900139000", "手机"),
        ("phone", "0571-88881234", "仓库"),
    ]
    assert told.address == ("文三路1号", "杭州", "浙江")
    assert (told.notes, told.tags, told.extra) == ("老客户", ["批发"], {"Custom Field 1 - Value": "码洋"})


def test_somebody_without_a_company_is_a_person():
    [told] = people(GOOGLE + "John,Q,Public,,,,,,,,,,,,,,,,,\n")
    assert (told.name, told.company) == ("John Q Public", "")


def test_outlook_in_both_languages():
    [told] = people(
        "First Name,Middle Name,Last Name,Company,Department,Job Title,Business Street,Business City,Business State,"
        "Business Fax,Business Phone,Home Phone,Mobile Phone,E-mail Address,E-mail 2 Address,Birthday,Notes\n"
        "Ann,B,Lee,ACME,Sales,Buyer,1 Main St,Boston,MA,+1 617 555 0100,+1 617 555 0101,,"
        "+1 617 555 0102,a@x.com,b@x.com,1/2/1980,n\n"
    )
    assert (told.name, told.company, told.title, told.address) == (
        "Ann B Lee",
        "ACME",
        "Buyer",
        ("1 Main St", "Boston", "MA"),
    )
    assert [(kind, label) for kind, _value, label in told.points] == [
        ("fax", ""),
        ("phone", "公司电话"),
        ("phone", "手机"),
        ("email", ""),
        ("email", ""),
    ]
    [told] = people(
        "名,姓,单位,职务,商务地址 街道,商务电话,移动电话,电子邮件地址\n"
        "伟,张,华强,采购,文三路1号,0571-88881234,13800138000,z@a.cn\n",
        "gb18030",
    )
    assert (told.name, told.company, told.address[0]) == ("张伟", "华强", "文三路1号")
    assert [label for _kind, _value, label in told.points] == ["公司电话", "手机", ""]


def test_the_three_columns_of_thunderbirds_birthday_are_one_day():
    head = "First Name,Last Name,Display Name,Primary Email,Work Phone,Home Address,Birth Year,Birth Month,Birth Day\n"
    assert people(head + "A,B,A B,a@b.c,,,1970,1,5\n")[0].birthday == "1970-01-05"
    assert people(head + "A,B,A B,a@b.c,,,,1,5\n")[0].birthday == "01-05"


def test_other_sheets_are_none_of_these_books():
    assert not is_book(["Contact ID", "First Name", "Last Name", "Email", "Phone Number"])
    assert not is_book(["Primary Email"])
    assert not is_book(["客户名称", "电话", "邮箱"])
    assert people("Name,Email\nA,a@b.c\n") == []


def rows_of(path):
    with open_reading(path, Progress()) as reading:
        return [row for sheet in reading.sheets for chunk in reading.rows(sheet.index, Progress()) for row in chunk]


def test_the_real_google_export_is_a_company_with_a_contact(shared_data):
    [row] = rows_of(shared_data / "customers" / "roundcube_gmail.csv")
    assert row.row == 2
    assert row.values["name"] == "company"
    [(name, title, _salutation, points)] = row.values["contacts"]
    assert (name, title) == ("Firstname Middle Lastname Suffix", "jobtitle")
    assert [value for kind, value, _label in points if kind == "email"] == [
        "home@aaa.pl",
        "work@email.pl",
        "unknown@email.com",
        "other@email.com",
    ]
    assert row.values["birthday"] == "1975-12-12"
    assert row.extra["Spouse"] == "spouse"
    assert {issue[2] for issue in row.issues} == {
        "pager",
        "mainphone",
        "homephone",
        "mobile",
        "workphone",
        "homefax; workfax",
    }


def test_the_real_thunderbird_export_keeps_work_and_home_apart(shared_data):
    [row] = rows_of(shared_data / "customers" / "roundcube_tb_plain.csv")
    assert (row.values["name"], row.values["contacts"][0][:2]) == ("Organization", ("Firstname Lastname", "title"))
    assert (row.values["address"], row.values["region"]) == ("Addr work", ("Wstate", "Wcity", ""))
    assert row.extra["住宅地址"] == "Priv address City region xx-xxx USA"
    assert row.values["birthday"] == "1970-11-15"


def test_a_book_with_people_and_companies_makes_two_sheets(tmp_path):
    book = tmp_path / "contacts.csv"
    rows = "伟,,张,,,,,,Mobile,13800138000,,,,,,,,,,\n娜,,李,,,,,,Mobile,13900139000,,,,,,,,华强商贸,采购,\n\n"
    book.write_text(GOOGLE + rows, encoding="utf-8")
    with open_reading(book, Progress()) as reading:
        assert [(sheet.name, sheet.kind, sheet.row_count) for sheet in reading.sheets] == [
            ("个人", "customers", 1),
            ("公司和联系人", "contacts", 1),
        ]


def test_google_s_own_fields_are_told_by_their_labels():
    text = (
        "First Name,Last Name,E-mail 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value,"
        "Custom Field 2 - Label,Custom Field 2 - Value\n小明,王,a@b.cn,微信,wxming,送货,周三: 上午\n"
    )
    [person] = people(text)
    assert ("wechat", "wxming") in [point[:2] for point in person.points]
    assert person.extra == {"送货": "周三: 上午"}
