"""Places of China."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.region import NO_REGION
from crmdesk.excel.reference_data import region_table

HANGZHOU = ("浙江省", "杭州市", "")
XIHU = ("浙江省", "杭州市", "西湖区")
SHANGHAI = ("上海市", "上海市", "")


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("上海", SHANGHAI),
        ("上海市", SHANGHAI),
        ("沪", SHANGHAI),
        ("上海市上海市浦东新区", ("上海市", "上海市", "浦东新区")),
        ("浦东", ("上海市", "上海市", "浦东新区")),
        ("浙江杭州", HANGZHOU),
        ("中国浙江省杭州市", HANGZHOU),
        ("浙江-杭州-西湖", XIHU),
        ("浙江省/杭州市/西湖区", XIHU),
        ("杭州市西湖区文三路1号", XIHU),
        ("徐州市/鼓楼区", ("江苏省", "徐州市", "鼓楼区")),
        ("南京鼓楼", ("江苏省", "南京市", "鼓楼区")),
        ("江苏省徐州市徐州经济技术开发区", ("江苏省", "徐州市", "徐州经济技术开发区")),
        ("苏州工业园区", ("江苏省", "苏州市", "苏州工业园区")),
        ("吉林", ("吉林省", "", "")),
        ("吉林市", ("吉林省", "吉林市", "")),
        ("北京朝阳", ("北京市", "北京市", "朝阳区")),
        ("内蒙古呼和浩特", ("内蒙古自治区", "呼和浩特市", "")),
        ("广西南宁", ("广西壮族自治区", "南宁市", "")),
        ("北京 北京", ("北京市", "北京市", "")),
        ("昆山", ("江苏省", "苏州市", "昆山市")),
        ("长沙县", ("湖南省", "长沙市", "长沙县")),
        ("湖北省仙桃市", ("湖北省", "仙桃市", "")),
        ("天津市/市辖区/和平区", ("天津市", "天津市", "和平区")),
    ],
)
def test_a_place_is_resolved_to_its_full_names(written, region):
    assert region_table().read(written) == (region, "", {})


@pytest.mark.parametrize("written", ["鼓楼区", "朝阳区", "朝阳", "西湖区", "通州"])
def test_a_district_of_several_cities_is_not_guessed(written):
    assert region_table().read(written)[:2] == (None, "region_ambiguous")


@pytest.mark.parametrize("written", ["杭州/宁波", "江苏杭州"])
def test_two_places_in_a_cell_are_not_one(written):
    assert region_table().read(written)[:2] == (None, "region_ambiguous")


def test_an_unknown_district_stays_and_is_flagged():
    assert region_table().read("杭州市/下沙区")[:2] == (("浙江省", "杭州市", "下沙区"), "region_part_unknown")


@pytest.mark.parametrize("written", ["华东", "人民路", "金山桥街道", "United Kingdom", "老家"])
def test_what_is_no_place_is_flagged(written):
    assert region_table().read(written)[:2] == (None, "region_unknown")


def test_an_address_tells_its_place_by_full_names_only():
    table = region_table()
    assert table.of_address("湛江市赤坎区寸金路37号") == ("广东省", "湛江市", "赤坎区")
    assert table.of_address("山东省 青岛市 李沧区 倩倩路44号") == ("山东省", "青岛市", "李沧区")
    assert table.of_address("广州路12号") == NO_REGION
    assert table.of_address("金山桥街道") == NO_REGION


@given(st.text(max_size=30))
def test_reading_never_fails(text):
    region_table().read(text)
    region_table().of_address(text)
