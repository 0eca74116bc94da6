"""What a card says of somebody."""

from __future__ import annotations

from crmdesk.exchange.vcard_lines import read_cards
from crmdesk.exchange.vcard_person import Person, person_of
from crmdesk.i18n import language


def person(*lines: str) -> Person:
    content = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])
    [card] = read_cards(content.encode(), "utf-8")
    return person_of(card)


def test_chinese_names_have_the_family_first_and_no_blank():
    assert person("N:张;伟;;;", "FN:伟 张").name == "张伟"
    assert person("N:;张伟;;;").name == "张伟"
    assert person("N:欧阳;娜;;;").name == "欧阳娜"


def test_a_chinese_name_with_its_parts_the_wrong_way_round_is_as_it_is_shown():
    assert person("N:伟;张;;;", "FN:张伟").name == "张伟"


def test_western_names_are_first_middle_last_suffix():
    told = person("N:Doe;John;Richter,James;Mr.;Sr.", "FN:Mr. John Doe")
    assert (told.name, told.salutation) == ("John Richter James Doe Sr.", "Mr.")


def test_a_name_that_is_only_the_number_is_none():
    assert person("N:;;;;", "FN:13800138000", "TEL:13800138000").name == ""


def test_a_company_with_somebody_and_a_company_alone():
    told = person("N:张;伟;;;", "ORG:华强商贸;采购部", "TITLE:采购")
    assert (told.company, told.name, told.title, told.extra["部门"]) == ("华强商贸", "张伟", "采购", "采购部")
    alone = person("FN:华强商贸", "N:;;;;", "ORG:华强商贸")
    assert (alone.company, alone.name, alone.is_company) == ("华强商贸", "", True)


def test_phones_have_the_labels_of_types_groups_and_phones_own():
    told = person(
        "TEL;TYPE=CELL:13800138000",
        "TEL;TYPE=WORK,VOICE:0571-88881234",
        "TEL;TYPE=WORK,FAX:0571-88881235",
        "item1.TEL:0571-88881236",
        "item1.X-ABLabel:仓库",
        "item2.TEL:0571-88881237",
        "item2.X-ABLabel:_$!<Main>!$_",
        "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=BA=97):0571-88881238",
    )
    assert told.points == [
        ("phone", "13800138000", "手机"),
        ("phone", "0571-88881234", "公司电话"),
        ("fax", "0571-88881235", ""),
        ("phone", "0571-88881236", "仓库"),
        ("phone", "0571-88881237", "总机"),
        ("phone", "0571-88881238", "店"),
    ]


def test_labels_are_in_the_language_that_is_spoken():
    with language("en"):
        assert person("TEL;TYPE=WORK:1234567").points == [("phone", "1234567", "Work phone")]


def test_version_4_gives_numbers_as_addresses():
    assert person("TEL;VALUE=uri;TYPE=cell:tel:+852-9123-4567;ext=12").points == [
        ("phone", "+852-9123-4567-12", "手机")
    ]


def test_wechat_and_qq_are_found_in_every_dress():
    told = person(
        "X-QQ:12345678",
        "IMPP;X-SERVICE-TYPE=WeChat:x-apple:zhangwei",
        "X-SOCIALPROFILE;type=weixin:x-apple:lisi",
        "IMPP:skype:someone",
    )
    assert told.points == [("qq", "12345678", ""), ("wechat", "zhangwei", ""), ("wechat", "lisi", "")]
    assert told.extra == {"skype": "someone"}


def test_birthdays_with_and_without_a_year():
    assert person("BDAY:19800322").birthday == "1980-03-22"
    assert person("BDAY:1980-03-22T00:00:00Z").birthday == "1980-03-22"
    assert person("BDAY:--0322").birthday == "03-22"
    assert person("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22").birthday == "03-22"


def test_the_address_of_work_comes_first_and_another_one_is_kept():
    told = person("ADR;TYPE=HOME:;;文一路2号;杭州;浙江;310000;中国", "ADR;TYPE=WORK:;;文三路1号;杭州;浙江;310012;中国")
    assert told.address == ("文三路1号", "杭州", "浙江")
    assert told.extra == {"邮编": "310012", "国家": "中国", "住宅地址": "文一路2号 杭州 浙江 310000 中国"}


def test_what_has_no_field_is_kept_and_what_is_for_programs_is_not():
    told = person(
        "URL:http\\://a.cn", "X-ABUID:1", "UID:2", "item1.X-ABDATE:2001-02-03", "item1.X-ABLabel:_$!<Anniversary>!$_"
    )
    assert told.extra == {"网址": "http://a.cn", "纪念日": "2001-02-03"}


def test_a_list_of_people_is_nobody():
    assert person("KIND:group", "FN:同事").group
