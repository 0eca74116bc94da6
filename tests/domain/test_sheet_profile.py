"""What a sheet is known by, and that decisions come back as they were kept."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.sheet_profile import DecidedColumn, SheetProfile, fingerprint, numbered

HEADERS = st.lists(st.text(min_size=1, max_size=6).filter(str.strip), min_size=1, max_size=8)
OPTIONS = st.dictionaries(
    st.sampled_from(["unit", "day_first", "label"]), st.integers() | st.booleans() | st.text(max_size=5)
)
COLUMNS = st.builds(
    DecidedColumn, st.text(max_size=6), st.sampled_from(["name", "phone"]), OPTIONS, st.just(()) | st.just(("unit",))
)


@given(headers=HEADERS, random=st.randoms())
def test_the_order_of_the_headers_does_not_matter(headers, random):
    turned = list(headers)
    random.shuffle(turned)
    assert fingerprint(headers, []) == fingerprint(turned, [])


def test_width_case_and_blanks_of_a_header_do_not_matter_other_words_do():
    assert fingerprint(["Ｔｅｌ", "姓 名"], []) == fingerprint(["姓名", "tel"], [])
    assert fingerprint(["姓名", "电话"], []) != fingerprint(["姓名", "手机"], [])


def test_a_bare_sheet_is_known_by_what_its_columns_hold():
    assert fingerprint(["", ""], ["name", "phone"]) != fingerprint(["", ""], ["phone", "name"])
    assert fingerprint([], []) == ""


def test_equal_headers_are_told_apart_by_their_count():
    assert numbered(["电话", "姓名", "电 话"]) == [("电话", 0), ("姓名", 0), ("电话", 1)]


@given(st.builds(SheetProfile, st.lists(COLUMNS, max_size=4).map(tuple), st.none() | st.integers(0, 9), st.booleans()))
def test_decisions_come_back_as_they_were_kept(profile):
    assert SheetProfile.from_json(profile.to_json()) == profile
