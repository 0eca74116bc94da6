"""Places of China: 浙江杭州, 沪, 徐州市/鼓楼区 and addresses resolved to full province, city and district."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from crmdesk.domain.reading import Read
from crmdesk.domain.simplified import simplified
from crmdesk.domain.text import half_width, plain, says_nothing

Region = tuple[str, str, str]  # province, city, district; "" where unknown
NO_REGION: Final[Region] = ("", "", "")

_SHORT_PROVINCES: Final = {
    "京": "北京市", "津": "天津市", "沪": "上海市", "渝": "重庆市", "冀": "河北省", "晋": "山西省", "辽": "辽宁省",
    "吉": "吉林省", "黑": "黑龙江省", "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省",
    "鲁": "山东省", "豫": "河南省", "鄂": "湖北省", "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区",
    "琼": "海南省", "川": "四川省", "蜀": "四川省", "黔": "贵州省", "贵": "贵州省", "滇": "云南省", "云": "云南省",
    "藏": "西藏自治区", "陕": "陕西省", "秦": "陕西省", "甘": "甘肃省", "青": "青海省", "宁": "宁夏回族自治区",
    "新": "新疆维吾尔自治区", "台": "台湾省", "港": "香港特别行政区", "澳": "澳门特别行政区",
}  # fmt: skip
_PEOPLES: Final = (
    "维吾尔|壮族|回族|蒙古族|藏族|彝族|苗族|侗族|布依族|土家族|朝鲜族|满族|傣族|景颇族|白族|哈尼族|傈僳族|羌族|黎族"
    "|畲族|瑶族|仫佬族|毛南族|水族|仡佬族|各族|哈萨克|柯尔克孜|蒙古|土族|撒拉族|东乡族|保安族|裕固族|独龙族|怒族"
    "|普米族|纳西族|拉祜族|佤族|布朗族|锡伯|塔吉克|达斡尔族|鄂温克族|鄂伦春"
)
_TAIL: Final = re.compile(
    rf"(?:{_PEOPLES})*(?:自治区|自治州|自治县|自治旗|特别行政区)$|(?:省|市|地区|盟|新区|区|县|旗|林区)$"
)
_SEPARATORS: Final = " \t/\\-—·,，、.>|_;；:"
_CITY_OR_DISTRICT: Final = ("朝阳",)  # the city in 辽宁, or the better known district of 北京
_NOT_BEHIND_SHORT: Final = "路街道桥镇乡村区县旗店"
_ZONE: Final = re.compile(
    r"([\u4e00-\u9fff]{0,8}?)(?:经济技术开发区|经济开发区|高新技术产业开发区|高新技术开发区|高新区|开发区|工业园区|新区|经开区)"
)
_DISTRICT_LIKE: Final = re.compile(r"[\u4e00-\u9fff]{1,6}[区县市旗]")
_COUNTRY: Final = re.compile(r"^(?:中国|中华人民共和国|全国)[\s/\-,，]*")


class RegionTable:
    """All provinces, cities and districts, found by full or short name at the front of a text."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines`: province TAB city TAB districts parted by blanks, one line a city."""
        self._provinces: dict[str, str] = dict(_SHORT_PROVINCES)
        self._cities: dict[str, list[Region]] = defaultdict(list)
        self._districts: dict[str, list[Region]] = defaultdict(list)
        for line in lines:
            province, city, *names = line.rstrip("\n").split("\t")
            self._add(self._cities, city, (province, city, ""))
            for name in names[0].split(" ") if names and names[0] else ():
                self._add(self._districts, name, (province, city, name))
            for spelling in {province, short_name(province)}:
                self._provinces[spelling] = province
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in (*self._cities, *self._districts):
            lengths[name[:2]].add(len(name))
        self._lengths = {front: sorted(found, reverse=True) for front, found in lengths.items()}

    @staticmethod
    def _add(index: dict[str, list[Region]], name: str, region: Region) -> None:
        for spelling in {name, short_name(name)}:
            index[spelling].append(region)

    def read(self, value: object) -> Read[Region]:
        """A cell that names a place. A street behind it is no fault; an unknown place or a second one is flagged."""
        text = simplified(_COUNTRY.sub("", half_width(plain(value))))
        if says_nothing(text) or not text:
            return Read(None)
        region, used, clear = self._front(text)
        if region == NO_REGION:
            return Read(None, "region_unknown")
        rest = text[used:].strip(_SEPARATORS)
        if not clear or text in _CITY_OR_DISTRICT or self._names_another(rest):
            return Read(None, "region_ambiguous")
        if not region[2] and _DISTRICT_LIKE.fullmatch(rest):
            return Read((region[0], region[1], rest), "region_part_unknown", {"part": rest})
        return Read(region)

    def rest_of(self, text: str) -> str:
        """What stands behind the place at the front of a text: 文三路1号 of 杭州市西湖区文三路1号."""
        bare = simplified(_COUNTRY.sub("", half_width(text)))
        return bare[self._front(bare)[1] :].strip(_SEPARATORS)

    def _names_another(self, rest: str) -> bool:
        """Whether what is left of a region names a city or province itself (杭州/宁波, 江苏杭州)."""
        return bool(rest) and bool(self._province(rest, 0)[0] or self._named(self._cities, rest, 0, "", "")[0])

    def of_address(self, text: str) -> Region:
        """The place at the front of an address, by full names only; nothing where it is doubtful."""
        if not text.isascii():
            text = simplified(text)
        region, used, clear = self._front(_COUNTRY.sub("", text))
        named = text[:used].rstrip(_SEPARATORS)
        return region if clear and re.search(r"[省市区县州盟旗]", named) else NO_REGION

    def _front(self, text: str) -> tuple[Region, int, bool]:
        """The place at the front of a text, how many characters name it, and whether it is the only one possible."""
        province, at = self._province(text, 0)
        if province.endswith("市"):
            return self._below(text, at, (province, province, ""))
        cities, after_city = self._named(self._cities, text, at, province, "")
        districts, after = self._named(self._districts, text, at, province, "")
        if len(cities) == 1 and after_city >= after:
            return self._below(text, after_city, cities[0])
        if len(districts) == 1:
            return districts[0], after, True
        if province:
            return (province, "", ""), at, True
        return (districts[0], after, False) if districts else (NO_REGION, 0, False)

    def _below(self, text: str, at: int, city: Region) -> tuple[Region, int, bool]:
        """The district behind a city, a development zone included; the city alone where none is named."""
        at = self._skip_repeated(text, at, city)
        districts, after = self._named(self._districts, text, at, city[0], city[1])
        if districts:
            return districts[0], after, True
        start = at + len(text[at:]) - len(text[at:].lstrip(_SEPARATORS))
        if zone := _ZONE.match(text, start):
            name = zone[0] if zone[1] else short_name(city[1]) + zone[0]
            return (city[0], city[1], name), zone.end(), True
        return city, at, True

    def _skip_repeated(self, text: str, at: int, city: Region) -> int:
        """Past a city named again (上海 上海市, 北京市市辖区)."""
        rest = text[at:].lstrip(_SEPARATORS)
        short = short_name(city[1])
        if rest == short:
            return len(text)
        for again in (city[1], f"{short}/", f"{short} ", "市辖区", "城区"):
            if rest.startswith(again):
                return len(text) - len(rest) + len(again)
        return at

    def _province(self, text: str, at: int) -> tuple[str, int]:
        for length in range(min(9, len(text) - at), 1, -1):
            found = self._provinces.get(text[at : at + length])
            if found and not self._is_city_instead(text, at + length):
                return found, at + length + (text[at + length : at + length + 1] == "省")
        if text[:1] in _SHORT_PROVINCES and (len(text) == 1 or text[1] in _SEPARATORS):
            return _SHORT_PROVINCES[text[0]], 1
        return "", at

    @staticmethod
    def _is_city_instead(text: str, end: int) -> bool:
        """吉林市 is the city and not the province; 海南州 and 河北区 are not the provinces either."""
        return text[end : end + 1] in ("市", "区", "州", "县") and text[:end] not in ("北京", "上海", "天津", "重庆")

    @staticmethod
    def _may_be_short(district: bool, following: str) -> bool:
        """Whether a short name may end before `following`: 金山 in 金山桥街道 is no district."""
        if district:
            return following == "" or following in _SEPARATORS
        return following not in _NOT_BEHIND_SHORT or following == ""

    def _named(
        self, index: dict[str, list[Region]], text: str, at: int, province: str, city: str
    ) -> tuple[list[Region], int]:
        """The places of the longest name at `at` that lie within `province` and `city`."""
        start = at
        while start < len(text) and text[start] in _SEPARATORS:
            start += 1
        for length in self._lengths.get(text[start : start + 2], ()):
            name = text[start : start + length]
            found = index.get(name)
            if not found:
                continue
            within = [r for r in found if (not province or r[0] == province) and (not city or r[1] == city)]
            whole = [r for r in within if name in r]
            if not whole and not self._may_be_short(
                index is self._districts, text[start + length : start + length + 1]
            ):
                continue
            if within:
                return whole or within, start + length
        return [], at


def short_name(name: str) -> str:
    """A place's name as spoken: 浙江省 → 浙江, 西湖区 → 西湖, 恩施土家族苗族自治州 → 恩施; two-character names stay."""
    if name.startswith("内蒙古"):
        return "内蒙古"
    short = _TAIL.sub("", name)
    return short if len(short) >= 2 else name
