"""Phone numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.phone import read_phones

MOBILE = "13800138000"
mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
landlines = st.tuples(
    st.sampled_from(["010", "021", "0571", "0755", "0516"]), st.from_regex(r"[2-8][0-9]{7}", fullmatch=True)
)


def numbers(value, **options):
    return [number for _, number, _ in read_phones(value, **options).value or ()]


@pytest.mark.parametrize(
    "written",
    [
        13800138000.0,
        "138-0013-8000",
        "138 0013 8000",
        "1380013 8000",
        "１３８００１３８０００",
        "+86 138 0013 8000",
        "+8613800138000",
        "0086-13800138000",
        "8613800138000",
        "(86)13800138000",
        "013800138000",
        "手机:13800138000",
        "'13800138000",
    ],
)
def test_a_mobile_is_eleven_digits_however_it_is_written(written):
    assert read_phones(written)[:2] == ([("phone", MOBILE, "")], "")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0571-88881234", "0571-88881234"),
        ("057188881234", "0571-88881234"),
        ("(021)6888 1234", "021-68881234"),
        ("+86-571-88881234", "0571-88881234"),
        ("86-0571-88881234", "0571-88881234"),
        ("0571-88881234转801", "0571-88881234-801"),
        ("0571-88881234-801", "0571-88881234-801"),
        ("021-68881234 ext 12", "021-68881234-12"),
        ("13800138000转801", "13800138000-801"),
        ("400-820-8820", "4008208820"),
        ("4008208820转2", "4008208820-2"),
        ("+86 (571) 8888 1234", "0571-88881234"),
        ("88881234", "88881234"),
        ("10086", "10086"),
        ("+852 9123 4567", "+85291234567"),
        ("00852-91234567", "+85291234567"),
        ("185 0044 4890", "18500444890"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_landlines_extensions_services_and_foreign_numbers(written, number):
    assert read_phones(written)[:2] == ([("phone", number, "")], "")


def test_several_numbers_keep_their_labels():
    both = [("phone", MOBILE, "老板"), ("phone", "13900139000", "会计")]
    assert read_phones("13800138000（老板） 13900139000（会计）").value == both
    assert read_phones("老板:13800138000、会计:13900139000").value == both


@pytest.mark.parametrize("between", ["/", ",", "，", "、", ";", " ", "\n", " 或 "])
def test_numbers_are_parted_by_any_sign(between):
    assert numbers(f"13800138000{between}13900139000") == [MOBILE, "13900139000"]


def test_a_second_landline_takes_the_area_of_the_first():
    assert numbers("0571-88881234/88885678") == ["0571-88881234", "0571-88885678"]


def test_the_wechat_of_the_same_number_is_noted():
    assert read_phones("13800138000 微信同号").value == [("phone", MOBILE, ""), ("wechat", MOBILE, "")]


@pytest.mark.parametrize("written", ["13800138000/wx:wu_nvshi", "微信wu_nvshi 13800138000", "13800138000(vx wu_nvshi)"])
def test_a_wechat_id_beside_a_phone_is_none_of_its_words(written):
    assert read_phones(written)[:2] == ([("phone", MOBILE, ""), ("wechat", "wu_nvshi", "")], "")


@pytest.mark.parametrize("written", ["lxy_shop", "wxid_abc123", "wx_123456", "lily2020"])
def test_a_wechat_id_where_a_phone_is_expected_is_taken_for_one_and_flagged(written):
    assert read_phones(written)[:2] == ([("wechat", written, "")], "phone_is_wechat")


def test_a_word_before_a_number_makes_no_wechat_id():
    assert read_phones("tel0571-88881234").value == [("phone", "0571-88881234", "")]
    assert read_phones("Tom13800138000").value == [("phone", MOBILE, "Tom")]
    assert read_phones("unknown").code == "phone_no_number"


def test_a_fax_among_phones_is_a_fax():
    assert ("fax", "0571-88881235", "") in (read_phones("电话0571-88881234 传真0571-88881235").value or [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1380013800", "phone_digits"),
        (1380013800.0, "phone_digits"),
        ("138001380001", "phone_digits"),
        (12345678901.0, "phone_digits"),
        ("7981-3130229", "phone_digits"),
        ("(5) 555-4729", "phone_digits"),
        ("1.38E+10", "phone_digits_lost"),
        ("138****8000", "phone_digits_lost"),
        ("13800138000-801", "phone_part_unread"),
        ("6222021234567890123", "phone_too_long"),
        (57188881234.0, "phone_zero_added"),
        ("13800138000 1390013900", "phone_part_unread"),
        ("没留电话", "phone_no_number"),
    ],
)
def test_what_is_no_number_is_flagged_never_guessed(written, code):
    assert read_phones(written).code == code


@pytest.mark.parametrize(
    "written", ["Tel: 415 555 2671", "Tel 5551234567", "Mobil5551234567", "Il 5551234567", "Él5551234567"]
)
def test_letters_of_a_word_are_no_digits(written):
    read = read_phones(written)
    assert read.code in ("phone_digits", "phone_zero_added")
    assert not any(number.startswith("1") for _, number, _ in read.value or ())


@pytest.mark.parametrize("written", ["138OOl38OOO", "l3800l38000", "电话:l3800138000", "1380〇138000", "138-OOl3-8000"])
def test_letters_typed_among_digits_are_read_and_flagged(written):
    assert read_phones(written)[:2] == ([("phone", MOBILE, "")], "phone_letters")


@pytest.mark.parametrize("nothing", ["", "无", "-", "暂无", "N/A", "null", None])
def test_no_number_is_no_fault(nothing):
    assert read_phones(nothing) == (None, "", {})


def test_in_a_foreign_column_any_length_will_do():
    assert numbers("416-810-9897x752", foreign=True) == ["4168109897-752"]
    assert numbers(7066950392.0, foreign=True) == ["7066950392"]


@given(st.one_of(st.text(max_size=40), st.floats(), st.integers(), st.booleans(), st.none()), st.booleans())
def test_reading_never_fails(value, foreign):
    read = read_phones(value, foreign=foreign)
    assert read.value is None or all(kind in ("phone", "fax", "wechat") for kind, _, _ in read.value)


@given(mobiles, st.sampled_from(["{}", " {} ", "+86{}", "86-{}", "0086 {}", "手机：{}", "{}（老板）", "{} 微信同号"]))
def test_every_known_form_of_a_mobile_is_read(number, form):
    assert numbers(form.format(number))[0] == number


@given(mobiles, mobiles)
def test_two_mobiles_are_two(one, other):
    assert numbers(f"{one}/{other}") == list(dict.fromkeys([one, other]))


@given(landlines, st.from_regex(r"[1-9][0-9]{0,3}", fullmatch=True))
def test_landlines_with_extensions(line, extension):
    area, local = line
    assert numbers(f"{area}{local}转{extension}") == [f"{area}-{local}-{extension}"]


@given(st.from_regex(r"1[3-9][0-9]{7,8}|1[3-9][0-9]{10,11}", fullmatch=True))
def test_a_mobile_with_a_digit_missing_or_too_many_is_flagged(number):
    assert read_phones(number).code


@pytest.mark.parametrize(
    "text",
    [
        "13900001001 王姐/13900001002 老公",
        "13900001001王姐 13900001002老公",
        "13900001001 王姐\n13900001002 老公",
        "13900001001-王姐、13900001002-老公",
        "王姐13900001001/老公13900001002",
        "王姐:13900001001，老公:13900001002",
        "13900001001(王姐) 老公13900001002",
    ],
)
def test_whoever_stands_beside_a_number_keeps_it_before_or_behind(text):
    assert read_phones(text).value == [("phone", "13900001001", "王姐"), ("phone", "13900001002", "老公")]
