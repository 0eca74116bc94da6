"""vCard files as programs really write them, taken apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.exchange.vcard_lines import parts_of, read_cards, text_of


def lines_of(content: bytes, encoding: str = "utf-8") -> list[tuple[str, str]]:
    cards = list(read_cards(content, encoding))
    assert len(cards) == 1
    return [(entry.name, entry.value) for entry in cards[0].properties]


def card(*lines: bytes, end: bytes = b"\r\n") -> bytes:
    return end.join([b"BEGIN:VCARD", b"VERSION:3.0", *lines, b"END:VCARD", b""])


def test_a_line_folded_within_a_character_is_whole_again():
    name = "FN:张伟".encode()
    assert ("FN", "张伟") in lines_of(card(name[:5] + b"\r\n " + name[5:]))


def test_quoted_printable_goes_on_behind_a_soft_break():
    line = b"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=\r\n=E4=BC=9F"
    assert ("FN", "张伟") in lines_of(card(line))


def test_a_soft_break_before_nothing_does_not_swallow_the_next_line():
    line = b"NOTE;ENCODING=QUOTED-PRINTABLE:one=\r\n\r\nTEL;CELL:13800138000"
    found = lines_of(card(line))
    assert ("NOTE", "one") in found
    assert ("TEL", "13800138000") in found


def test_gbk_in_quoted_printable_is_read_with_and_without_its_charset():
    for charset in (b";CHARSET=GBK", b";CHARSET=GB2312", b""):
        line = b"FN" + charset + b";ENCODING=QUOTED-PRINTABLE:=D5=C5=CE=B0"
        assert ("FN", "张伟") in lines_of(card(line))


def test_latin_1_without_a_charset_is_no_chinese():
    assert ("FN", "Müller") in lines_of(card("FN:Müller".encode("latin-1")), "cp1252")
    assert ("FN", "Müller") in lines_of(card(b"FN;ENCODING=QUOTED-PRINTABLE:M=FCller"))


def test_utf_16_is_read_with_its_mark():
    text = card("FN:张伟".encode()).decode()
    assert ("FN", "张伟") in lines_of(text.encode("utf-16"), "utf-16")


def test_a_photo_is_no_text():
    photo = b"PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZJRg==\r\nAAAABBBB\r\n\r\nTEL:110"
    found = lines_of(card(photo))
    assert found == [("VERSION", "3.0"), ("PHOTO", ""), ("TEL", "110")]


def test_line_ends_of_every_kind_are_line_ends():
    for end in (b"\r\n", b"\n", b"\r", b"\r\r\n"):
        assert ("TEL", "110") in lines_of(card(b"N:;", b"TEL:110", end=end))


def test_several_cards_and_one_that_never_ends():
    content = card(b"FN:A") + card(b"FN:B") + b"BEGIN:VCARD\r\nFN:C\r\n"
    assert [one.whole for one in read_cards(content, "utf-8")] == [True, True, False]


def test_a_card_within_a_card_is_not_its_own():
    inner = b"AGENT:\r\nBEGIN:VCARD\r\nFN:Inner\r\nEND:VCARD"
    assert ("FN", "Inner") not in lines_of(card(b"FN:Outer", inner))


def test_types_stand_alone_in_2_1_and_behind_their_name_later():
    for line in (b"TEL;WORK;FAX:1", b"TEL;TYPE=work,fax:1", b'TEL;TYPE="work,fax":1', b"TEL;type=WORK;type=FAX:1"):
        [found] = read_cards(card(line), "utf-8")
        assert found.properties[-1].types == {"work", "fax"}


def test_a_group_is_told_apart_from_the_name():
    [found] = read_cards(card(b"item1.TEL:1"), "utf-8")
    assert (found.properties[-1].group, found.properties[-1].name) == ("ITEM1", "TEL")


def test_escapes_are_undone_and_marks_within_them_do_not_cut():
    assert parts_of(r"a\;b;c\,d\n\\") == ["a;b", "c,d\n\\"]
    assert text_of(r"http\://x") == "http://x"


@given(st.binary(max_size=400))
def test_no_bytes_break_it(content):
    list(read_cards(b"BEGIN:VCARD\r\n" + content + b"\r\nEND:VCARD", "utf-8"))
