"""像是同一家: what the evidence adds up to, and how sure the pairs of a generated truth are."""

from __future__ import annotations

import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.duplicate import Profile, compare
from crmdesk.domain.duplicate_blocks import find_pairs
from crmdesk.domain.duplicate_keys import Where, may_be_near, nearly_the_same, phone_key, street_key, where
from crmdesk.domain.duplicate_names import Relation, name_form, person_core, place_names, relation
from crmdesk.domain.phone import read_phones
from crmdesk.paths import resource

_spec = spec_from_file_location("duplicate_truth", Path(__file__).with_name("duplicate_truth.py"))
truth_of = sys.modules["duplicate_truth"] = module_from_spec(_spec)
_spec.loader.exec_module(truth_of)

PLACES = place_names(resource("data", "regions.txt").read_text(encoding="utf-8").splitlines())
NAMES = st.text("王李张福满家超市便利店有限公司杭州上海一二店（）()ＡaB 张伟總", max_size=10)


def profile(key=1, name="", phones=(), address="", **facts):
    people = frozenset(facts.pop("contacts", ()))
    keys = frozenset(phone_key(phone) for phone in phones)
    return Profile(
        key, name_form(name, PLACES), name, keys, street=street_key(address), address=address, contacts=people, **facts
    )


def entered(position, entry):
    read = [point[1] for number in entry.phones for point in read_phones(number).value or ()]
    people = [person_core(name) for name in entry.contacts]
    reach = frozenset({entry.wechat} - {""})
    return profile(position, entry.name, read, entry.address, city=entry.city, contacts=people, reach=reach)


def same(one, other):
    return relation(name_form(one, PLACES), name_form(other, PLACES))


@pytest.mark.parametrize("seed", range(5))
def test_generated_pairs_are_found_and_lookalikes_left_alone(seed):
    truth = truth_of.make_truth(3000, seed)
    profiles = [entered(position, entry) for position, entry in enumerate(truth.entries)]
    found = {pair for pair, _likeness in find_pairs(profiles, (), lambda _done, _total: None)}
    right = len(found & truth.same)
    assert len(truth.same) > 200
    assert right / len(found) >= 0.95, "precision"
    assert right / len(truth.same) >= 0.9, "recall"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("杭州宏达贸易有限公司", "宏达贸易", Relation.SAME),
        ("宏达有限公司(杭州)", "杭州宏达有限公司", Relation.SAME),
        ("徐州市鼓楼区老李粮油店", "老李粮油", Relation.SAME),
        ("ＡＢＣ科技", "abc 科技", Relation.SAME),
        ("張偉", "张伟", Relation.SAME),
        ("王姐超市（老客户）", "王姐超市", Relation.SAME),
        ("北京饭店", "北京饭店有限公司", Relation.SAME),
        ("王姐超市", "王姐便利店", Relation.SIMILAR),
        ("张伟", "张玮", Relation.SIMILAR),
        ("万家福超市", "万佳福超市", Relation.SIMILAR),
        ("绿园三江百货", "绿园三河百货", Relation.SIMILAR),
        ("王姐", "王姐超市", Relation.PART),
        ("王总", "王建国", Relation.ADDRESS),
        ("老王", "王建国", Relation.ADDRESS),
        ("张伟", "李军", Relation.PEOPLE),
        ("福满超市", "吉祥饭店", Relation.UNLIKE),
        ("杭州宏达贸易有限公司", "上海宏达贸易有限公司", Relation.BRANCH),
        ("好大家（一中店）", "好大家(二中店)", Relation.BRANCH),
        ("好大家一店", "好大家二店", Relation.BRANCH),
        ("", "王姐", Relation.UNKNOWN),
    ],
)
def test_how_two_names_stand_to_each_other(one, other, expected):
    assert same(one, other) is expected
    assert same(other, one) is expected


@given(NAMES, NAMES)
def test_names_compare_alike_both_ways(one, other):
    assert same(one, other) is same(other, one)


@given(NAMES)
def test_a_name_is_never_unlike_itself(name):
    assert same(name, name) in (Relation.SAME, Relation.UNKNOWN)


@given(NAMES, NAMES)
def test_a_name_alone_never_makes_a_pair(one, other):
    assert not compare(profile(1, one), profile(2, other)).likely


@given(st.lists(st.integers(0, 40), min_size=2, max_size=2), st.text("解放路号栋十二3楼ab", max_size=12))
def test_evidence_weighs_the_same_both_ways(numbers, address):
    one, other = (profile(n, "王姐超市", [f"1380013{n:04}"], address, city="徐州市") for n in numbers)
    assert compare(one, other).score == compare(replace(other, called=one.called), one).score


@given(st.text("解放路号栋十二3楼ab", max_size=12), st.text("解放路号栋十二3楼ab", max_size=12))
def test_the_quick_look_at_streets_is_never_too_strict(one, other):
    if where(one, other) in (Where.SAME, Where.NEAR):
        assert may_be_near(one, other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("解放路12号", "江苏省徐州市鼓楼区解放路十二号", Where.SAME),
        ("解放路12号", "解放路12号一楼", Where.SAME),
        ("解放路１２号", "解放路12号", Where.SAME),
        ("解放路12号", "解放路14号", Where.ELSEWHERE),
        ("文三路90号东部软件园", "文三路90号东部软件圆", Where.NEAR),
        ("市场", "市场里面", Where.UNCLEAR),
        ("", "解放路12号", Where.UNKNOWN),
    ],
)
def test_streets_compare_by_their_numbers(one, other, expected):
    assert where(street_key(one), street_key(other)) is expected


@pytest.mark.parametrize(
    ("written", "digits"), [("一百零八", "108"), ("二十", "20"), ("十二", "12"), ("一二三", "123"), ("二百", "200")]
)
def test_house_numbers_are_read_in_words_too(written, digits):
    assert street_key(f"解放路{written}号") == f"解放路{digits}号"


def test_phones_compare_without_area_extension_and_nonsense():
    assert phone_key("0571-88881234-801") == phone_key("88881234") == "88881234"
    assert phone_key("13800138000-8") == "13800138000"
    assert phone_key("11111111") == phone_key("12345678") == phone_key("110") == ""


def test_a_slip_in_a_phone_is_one_digit_or_two_swapped():
    assert nearly_the_same("13800138000", "13800138001")
    assert nearly_the_same("13812345678", "13812354678")
    assert not nearly_the_same("13800138000", "13900138001")
    assert not nearly_the_same("88881234", "88881235")


def likely(one, other):
    return compare(profile(1, **one), profile(2, **other)).likely


def test_a_shared_phone_with_another_name_is_no_pair():
    phone = ("13800138000",)
    assert likely({"name": "王姐超市", "phones": phone}, {"name": "王姐便利店", "phones": phone})
    assert likely({"name": "王姐超市", "phones": phone}, {"name": "", "phones": phone})
    assert not likely({"name": "福满超市", "phones": phone}, {"name": "吉祥饭店", "phones": phone})


def test_branches_of_a_chain_stay_two_even_with_one_phone():
    phone = ("13800138000",)
    assert not likely({"name": "好大家(一中店)", "phones": phone}, {"name": "好大家(二中店)", "phones": phone})


def test_a_number_that_many_have_tells_nothing():
    shops = [
        profile(n, name, ["4008001234"]) for n, name in enumerate(("王姐超市", "王姐便利店", "李", "赵", "钱", "孙"))
    ]
    assert find_pairs(shops, (), lambda _done, _total: None) == []
    assert len(find_pairs(shops[:3], (), lambda _done, _total: None)) == 1


def test_a_person_here_may_be_the_contact_there():
    shop = {"name": "宏达贸易", "phones": ("13800138000",), "contacts": ("张伟",)}
    assert likely({"name": "张伟", "phones": ("13800138000",)}, shop)
    assert not likely({"name": "张伟"}, shop)


def test_a_registered_name_is_given_once_in_a_city():
    firm = {"name": "宏达贸易有限公司", "city": "杭州市"}
    assert likely(firm | {"phones": ("13800138000",)}, firm | {"phones": ("13911112222",)})
    assert not likely(firm, firm | {"city": "徐州市"})
    assert not likely({"name": "张伟", "city": "杭州市"}, {"name": "张伟", "city": "杭州市"})


def test_pairs_that_are_known_apart_are_left_out():
    shops = [profile(n, "王姐超市", ["13800138000"]) for n in (5, 7)]
    assert [pair for pair, _likeness in find_pairs(shops, (), lambda _done, _total: None)] == [(5, 7)]
    assert find_pairs(shops, [(5, 7)], lambda _done, _total: None) == []
