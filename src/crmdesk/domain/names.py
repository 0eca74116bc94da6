"""Names of customers and people: cleaned, with the notes behind them taken off, forms of address recognised."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, is_error, plain, says_nothing

# 张总, 王姐, 李老师: how one greets. Behind a surname or 老/小 it makes a form of address, alone it is no name.
ADDRESSES: Final = (
    "先生|女士|小姐|太太|夫人|师傅|老师|老板娘|老板|总经理|副总|经理|总监|总|董事长|董|主任|科长|处长|局长|部长|校长|院长"
    "|厂长|店长|队长|站长|所长|工程师|工|医生|大夫|教授|博士|律师|会计|姐|哥|叔|婶|阿姨|姨|嫂|兄|妹|弟|爷|奶奶|爷爷|大爷|大妈|大姐|大哥|同学|女生|男生"
)
_ONLY_ADDRESS: Final = re.compile(rf"(?:{ADDRESSES}|某|某某|客户|顾客|散客|mr\.?|mrs\.?|ms\.?|miss|sir|madam)", re.I)
_ADDRESSED: Final = re.compile(rf"(?:[老小阿]?[\u4e00-\u9fff]{{1,2}})(?:{ADDRESSES})")
_STATUS: Final = re.compile(
    r"(?:已|己)?(?:倒闭|注销|停业|歇业|关门|关店|关闭|搬走|搬迁|转让|离职|退休|停机|空号|拉黑|成交|签约|流失|合作|加微信)了?"
    r"|老客户?|新客户?|大客户?|重点客户?|重要客户?|潜在客户?|意向客户?|准客户|vip|svip|黑名单|勿扰|不要(?:打|联系).*|欠款|账期|月结|现结|代理商?|经销商?|同行|朋友介绍|转介绍|自来客|介绍",
    re.I,
)
_BEHIND: Final = re.compile(r"\s*[(（\[【]\s*([^()（）\[\]【】]*?)\s*[)）\]】]$")
_STARS: Final = re.compile(r"^\s*([★☆⭐✩✪●○◆◇■□▲△※*✓√✔♥❤]+)|([★☆⭐✩✪●○◆◇■□▲△※*✓√✔♥❤]+)\s*$")
# 李*, t**, 张*伟: a shop's export hides the rest. A star behind a whole name (王姐*) is the user's own mark.
_MASKED: Final = re.compile(r"[^\W_]\*{1,5}|\w{1,3}\*{1,5}\w{1,3}|[a-zA-Z\d_]{2,3}\*{2,5}")
_SPACED: Final = re.compile(r"(?:[\u3400-\u9fff]\s+){1,3}[\u3400-\u9fff]")
_EDGES: Final = " \t,，、;；:：/\\|_.。…·-—'\"“”"
_ABBREVIATION: Final = re.compile(r"\b(?:inc|ltd|co|corp|bros|jr|sr|s\.a|b\.v|n\.v|[a-z])$", re.I)
_TWO: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:\s*[、/，,;；&+和]\s*[\u4e00-\u9fff]{2,4})+")
_TWO_BY_BLANK: Final = re.compile(r"[\u4e00-\u9fff]{2,3}\s+[\u4e00-\u9fff]{2,3}")
_HAN: Final = re.compile(r"[\u4e00-\u548b\u548d-\u9fff]+")  # without 和, which stands between two names
_MOBILE: Final = re.compile(r"\s*[(（]?\s*(?<!\d)(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)\s*[)）]?\s*")
_ORGANISATION: Final = re.compile(
    r"公司|集团|厂$|店|商行|超市|商场|市场|中心|医院|诊所|药房|学校|小学|中学|大学|学院|幼儿园|酒店|宾馆|饭店|餐厅|饭馆|银行|合作社|工作室|事务所|研究院|研究所|经营部|门市|商贸|贸易|科技|实业|企业|有限"
    r"|协会|政府|局$|委员会|俱乐部|会所|养殖|农场|批发|便利|商店|馆$|坊$|行$|城$|站$|社$|院$|府$|铺$|吧$|部$|\b(?:inc|ltd|llc|co|corp|gmbh|company|store|shop|group|limited|plc)\b\.?",
    re.I,
)
_BRANCH: Final = re.compile(
    r"店|分|部|厂|区|校|馆|城|路|街|楼|公司|中国|[省市县镇]$|集团|有限|合伙|普通|特殊|中外|筹|原|即"
)


class Name(NamedTuple):
    """A name as read ("" where only a form of address stood), how one greets, the tags and notes behind it."""

    name: str
    salutation: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    phone: str = ""  # a mobile number that stood in the same cell


def read_name(value: object) -> Read[Name]:
    """A customer's name. (老客户) and ★ become tags, (修车) behind a person a note; 先生 alone is no name."""
    text = value if isinstance(value, str) and value.isalpha() else plain(value)
    if len(text) > 6 and text.isalpha() and half_width(text) is text:
        return Read(Name(text))  # too long for a form of address, without any sign: most companies
    if _HAN.fullmatch(text) and not says_nothing(text) and not _ONLY_ADDRESS.fullmatch(text):
        return Read(Name(text, salutation_of(text)))  # no sign and no digit that could mean anything else
    if says_nothing(text):
        return Read(None)
    if is_error(half_width(text)):
        return Read(None, "cell_error")
    if is_masked(text):
        return Read(Name(text), "name_masked")
    text, phone = _without_phone(_spelled(text))
    base, tags, notes = _taken_off(text)
    base = _edged(base)
    if not base:
        return Read(None, "name_unreadable")
    read = Name(base, salutation_of(base), tuple(tags), "；".join(notes), phone)
    if _ONLY_ADDRESS.fullmatch(base):
        return Read(Name("", base, read.tags, read.notes, phone), "name_only_address")
    if base.replace(".", "", 1).replace("-", "").isdecimal():
        return Read(read, "name_only_digits")
    several = _BEHIND.sub("", base)  # 李娟/李梅(姐妹)
    if (_TWO.fullmatch(several) or _TWO_BY_BLANK.fullmatch(several)) and not is_organisation(base):
        return Read(read, "name_two")
    return Read(read)


def is_masked(text: str) -> bool:
    """Whether a shop's export hides a part of a name: people who share it cannot be told apart by it."""
    return bool(_MASKED.fullmatch(text))


def salutation_of(name: str) -> str:
    """The form of address that a name is (张总, 王姐), "" where it is a plain name."""
    return name if len(name) <= 6 and _ADDRESSED.fullmatch(name) and not is_organisation(name) else ""


def is_organisation(name: str) -> bool:
    """Whether a name is that of a company, shop or office by its own words."""
    return bool(_ORGANISATION.search(name))


def split_people(text: str) -> list[str]:
    """张三、李四, 张三/李四 or 张三 李四 (in two lines of a cell) as single names."""
    text = _BEHIND.sub("", text)
    if _TWO_BY_BLANK.fullmatch(text):
        return text.split()
    if not _TWO.fullmatch(text):
        return [text]
    return [part.strip() for part in re.split(r"[、/，,;；&+和]", text) if part.strip()]


class Surnames:
    """The surnames, to tell a person's name by its look."""

    def __init__(self, text: str) -> None:
        """`text`: the single ones in the first line, double ones behind, parted by blanks."""
        singles, *doubles = text.split()
        self._singles = frozenset(singles)
        self._doubles = frozenset(doubles)

    def is_person(self, text: str) -> bool:
        """Whether a text looks like a Chinese person's name or form of address (张伟, 欧阳修, 王姐)."""
        text = re.sub(r"\s+", "", text)
        if not re.fullmatch(r"[\u4e00-\u9fff]{2,4}", text) or is_organisation(text):
            return bool(salutation_of(text))
        if text[:2] in self._doubles:
            return True
        return text[0] in self._singles and (len(text) <= 3 or bool(salutation_of(text)))


def _spelled(text: str) -> str:
    """Full-width letters and digits narrow, brackets as typed; 张 三 without its blank."""
    narrow = half_width(text)
    if "（" in text or "，" in text:
        narrow = "".join(old if old in "（），、：；" else new for old, new in zip(text, narrow, strict=True))
    return re.sub(r"\s+", "", narrow) if _SPACED.fullmatch(narrow) else narrow


def _edged(text: str) -> str:
    """The text without signs around it; the point of an abbreviation (Acme Inc.) is part of the name."""
    bare = text.strip(_EDGES)
    behind = text[text.rfind(bare) + len(bare) :]
    return f"{bare}." if behind.startswith(".") and _ABBREVIATION.search(bare) else bare


def _without_phone(text: str) -> tuple[str, str]:
    """张三 13800138000 as the name and the number; a number alone stays what it is."""
    match = _MOBILE.search(text)
    if match is None or not (rest := (text[: match.start()] + text[match.end() :]).strip()):
        return text, ""
    return rest, re.sub(r"\D", "", match[1])


def _taken_off(text: str) -> tuple[str, list[str], list[str]]:
    """The name without signs and brackets that are not part of it, and these as tags and notes."""
    tags: list[str] = []
    notes: list[str] = []
    while True:
        if stars := _STARS.search(text):
            tags.append(stars[1] or stars[2])
            text = (text[: stars.start()] + text[stars.end() :]).strip()
        elif (bracket := _BEHIND.search(text)) and (kind := _bracket_kind(text[: bracket.start()], bracket[1])):
            (tags if kind == "tag" else notes).insert(0, bracket[1])
            text = text[: bracket.start()]
        else:
            break
        if not text:
            break
    return text, [tag for tag in tags if tag], [note for note in notes if note]


def _bracket_kind(base: str, inside: str) -> str:
    """What a bracket behind a name is: "tag", "note", or "" where it belongs to the name (好大家（一中店）)."""
    if not base.strip():
        return ""
    if not inside or _STATUS.fullmatch(inside):
        return "tag"
    person = len(base) <= 4 and not is_organisation(base) and re.fullmatch(r"[\u4e00-\u9fff]{2,4}", base)
    if person and not _BRANCH.search(inside):
        return "note"
    return ""
