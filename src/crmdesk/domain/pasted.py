"""粘贴识别: a pasted card, address line or piece of chat as proposed fields of a customer.

Labels (姓名: …) come first; what has none is told by its look. What is not understood is kept as notes, so that nothing
of the text is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.names import Surnames, is_organisation, salutation_of
from crmdesk.domain.phone import read_phones
from crmdesk.domain.region import RegionTable
from crmdesk.domain.text import half_width, tidy

LONGEST: Final = 4_000  # characters that are looked at; more is no card
_LABELS: Final = {
    "name": "姓名|名字|联系人|收货人|收件人|客户|name|contact",
    "company": "公司(?:名称)?|单位|店名|门店|客户名称|company|organization",
    "title": "职务|职位|头衔|title|position",
    "phone": "手机号?码?|电话(?:号码)?|联系电话|联系方式|座机|固话|tel(?:ephone)?|mobile|phone|cell|传真|fax",
    "wechat": "微信号?|wechat|weixin|wx|vx",
    "email": "邮箱|电子邮件|邮件|e-?mail",
    "qq": "qq(?:号码?)?",
    "region": "所在地区|地区|省市区",
    "address": "(?:详细|收货|公司|店铺|联系)?地址|address|addr",
    "notes": "备注|说明|留言|note|remark",
}
_LABEL: Final = re.compile(
    "|".join(rf"(?P<{field}>{words})" for field, words in _LABELS.items()).join(
        (r"^\s*[【\[]?(?:", r")[】\]]?\s*[:：]\s*")
    ),
    re.IGNORECASE,
)
_IN_BRACKETS: Final = re.compile(rf"[【\[](?P<label>{'|'.join(_LABELS.values())})[】\]]\s*[:：]?", re.IGNORECASE)
_ACCOUNT: Final = re.compile(r"[A-Za-z\d][\w.-]*")  # how a WeChat or QQ account is written
# The time behind (or instead of) a name above a message: 王姐 2026-11-20 10:23.
_CHAT_TIME: Final = re.compile(
    r"(?:^|\s+)(?:(?:\d{4}[-/年])?\d{1,2}[-/月]\d{1,2}日?\s*)?(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2})?$"
)
_SAME_WECHAT: Final = re.compile(
    r"微信\s*(?:同号|同手机号?|同电话)|(?:手机|电话)(?:号)?\s*(?:即|就是)?\s*微信|v同号", re.IGNORECASE
)
_COMPANY_END: Final = re.compile(r"(?:公司|集团|店|厂|行|部|社|院|所|中心|超市|馆|坊|学校|酒店)$")
_OF_COMPANY: Final = re.compile(r"(.{2,}?)的(\S{2,4})")
_LATIN_NAME: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z.]*){1,2}")
_MAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBERS: Final = re.compile(r"\+?[\d(（][\d\s()（）.+-]{5,}\d(?:\s*(?:转|ext\.?|-)\s*\d{1,6})?|1[3-9]\d{9}")
_MOBILE_AMONG_WORDS: Final = re.compile(
    r"[^\d\s+-].*(?<!\d)1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)|(?<!\d)1[3-9]\d{9}\s*[^\d\s-]{2}"
)
_TITLES: Final = re.compile(
    r"(?:老板娘|董事长|副?总经理|总裁|总监|副?经理|主任|店长|厂长|院长|校长|采购|销售|业务员|工程师|老板|负责人|主管|会计|助理|代表|ceo|cto|manager|director|sales)",
    re.IGNORECASE,
)
_TITLE_AND_NAME: Final = re.compile(rf"({_TITLES.pattern})(\S{{2,3}})", re.IGNORECASE)
_NAME_AND_TITLE: Final = re.compile(rf"(\S{{2,4}})\s+({_TITLES.pattern}.*)", re.IGNORECASE)
# Digits, a label or a title end a labelled name; another bare word is a part of it (客户：王府井 百货).
_BEHIND_NAME: Final = re.compile(
    rf" .*\d| (?:{'|'.join(_LABELS.values())})(?:\s|$)| (?:\S* )?\S*{_TITLES.pattern}员?(?:\s|$)", re.IGNORECASE
)
_AROUND: Final = re.compile(r"^(?:我是|我叫|这是|这里是)|(?:的)?(?:电话|手机|微信|号码)?(?:是|同号)?$")
_LONGEST_TITLE: Final = 10
_LONGEST_WORDS: Final = 60
# A 号 without a number before it is that of an order or an account; 知道 and 路上 are no streets.
_STREET: Final = re.compile(
    r"路(?![上过由费])|街|巷|(?<![知味难报频渠])道(?![理歉])|弄|村|镇|乡|区|楼|\d\s*号|室|栋|幢|单元|广场|大厦|市场|小区"
)
_NUMBERED: Final = (
    "(?:客户|会员|顾客|订单|商品|产品|合同|快递|运|物流|发票|积分|银行)?"
    "(?:编号|单号|订单|卡号|工号|货号|型号|账号|会员号|客户号|合同号|发票号|身份证号?|验证码)"
)
_ITS_NUMBER: Final = re.compile(
    rf"{_NUMBERED}\s*(?:是|为|[:：#])?\s*[A-Za-z]{{0,6}}[-\d]*\d[A-Za-z\d-]*", re.IGNORECASE
)
_OF_NUMBER: Final = re.compile(rf"{_NUMBERED}\s*(?:是|为|[:：#])?\s*(?:[A-Za-z]{{1,6}}-?)?$", re.IGNORECASE)
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_CALLED_NUMBER: Final = re.compile(_NUMBERED)
_PIECES: Final = re.compile(r"[\n\t,，;；|。]+|\s{2,}")
_EDGES: Final = " \t\n,，;；:：|、。.·-—/\\"


@dataclass(frozen=True)
class Pasted:
    """What was recognised; `company` is the customer where there is one, then `name` is its contact."""

    name: str = ""
    company: str = ""
    title: str = ""
    points: tuple[Point, ...] = ()
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    notes: str = ""

    def customer(self) -> Customer:
        """The customer that is proposed."""
        contact = Contact(self.name, self.title) if self.company and (self.name or self.title) else None
        title = "" if contact else self.title
        return Customer(
            name=self.company or self.name,
            salutation=salutation_of(self.name),
            province=self.province,
            city=self.city,
            district=self.district,
            address=self.address,
            notes="\n".join(part for part in (title, self.notes) if part),
            points=self.points,
            contacts=(contact,) if contact else (),
        )


def looks_pasted(text: str) -> bool:
    """Whether a text in the box for a name is more than a name: several lines, or a mobile number among words."""
    return "\n" in text.strip() or bool(_MOBILE_AMONG_WORDS.search(half_width(text)))


def read_pasted(text: str, places: RegionTable, surnames: Surnames) -> Pasted:
    """The fields that a pasted text proposes; anything not understood stands in the notes."""
    reader = _Reader(places, surnames)
    for line in text[:LONGEST].replace("\r", "\n").split("\n"):
        reader.take(tidy(_IN_BRACKETS.sub(r" \g<label>:", line)))
    return reader.result()


class _Reader:
    """Goes through a text line by line and remembers what it found."""

    def __init__(self, places: RegionTable, surnames: Surnames) -> None:
        self._places, self._surnames = places, surnames
        self._found = Pasted()
        self._points: list[Point] = []
        self._notes: list[str] = []

    def take(self, line: str) -> None:
        """One line: labelled, or told piece by piece."""
        label = _LABEL.match(line)
        if label is None:
            behind = _next_label(line)
            self._pieces(line[:behind] if behind else line)
            if behind:
                self.take(line[behind:])
            return
        field, rest = str(label.lastgroup), line[label.end() :].strip()
        following = _next_label(rest)
        if following:
            rest, line = rest[:following].strip(_EDGES), rest[following:]
        self._labelled(field, rest)
        if following:
            self.take(line)

    def result(self) -> Pasted:
        """All that was found."""
        return replace(self._found, points=tuple(dict.fromkeys(self._points)), notes="\n".join(self._notes))

    def _labelled(self, field: str, text: str) -> None:
        if not text:
            return
        if field in ("phone", "email"):
            left = self._reach(text)
            if left:
                self._notes.append(left)
        elif field in ("wechat", "qq"):
            self._account(field, half_width(text))
        elif field in ("region", "address"):
            self._place(text)
        elif field == "notes":
            self._notes.append(text)
        elif field == "name" and _BEHIND_NAME.search(text) and self._surnames.is_person(text.partition(" ")[0]):
            name, _blank, rest = text.partition(" ")
            self._set(field, name)
            self._pieces(rest)
        else:
            self._set(field, text)

    def _account(self, kind: str, text: str) -> None:
        """An account up to where its signs end; what stands behind it is looked at for itself."""
        found = _ACCOUNT.match(text)
        if found is None:
            self._points.append(Point(kind, text))
            return
        self._points.append(Point(kind, found[0]))
        self._pieces(text[found.end() :])

    def _pieces(self, line: str) -> None:
        """A line without a label: numbers and addresses out of it, then its pieces by their look."""
        before = len(self._points)
        left = self._reach(_CHAT_TIME.sub("", half_width(line)))
        if _SAME_WECHAT.search(left) and len(self._points) > before:
            self._points.append(Point("wechat", self._points[before].value))
            left = _SAME_WECHAT.sub(" ", left)
        for piece in _PIECES.split(left):
            piece = piece.strip(_EDGES)
            if piece:
                self._by_look(piece)

    def _reach(self, text: str) -> str:
        """Keep the mail addresses and phones of a text; gives the text without them, their places as two blanks."""
        narrow = half_width(text)
        for mail in _MAIL.findall(narrow):
            self._points.append(Point("email", mail))
        narrow = _MAIL.sub("  ", narrow)

        def taken(match: re.Match[str]) -> str:
            read = read_phones(match[0])
            # 会员号 13800138000 is most often the phone after all.
            numbered = _OF_NUMBER.search(narrow[: match.start()]) and not _MOBILE.fullmatch(match[0])
            if not read.value or read.code or numbered:
                return match[0]
            self._points += [Point(kind, value, label) for kind, value, label in read.value]
            return "  "

        return _NUMBERS.sub(taken, narrow).strip(_EDGES)

    def _by_look(self, piece: str) -> None:
        bare = _AROUND.sub("", piece).strip(_EDGES)
        known = (self._found.name, self._found.company, self._found.title)
        if bare in known or self._company_or_place(bare) or self._person(bare):
            return  # said twice, as in a chat, or understood
        if " " in bare and len(bare) < _LONGEST_WORDS:
            self._words(bare)
        else:
            self._notes.append(bare)

    def _company_or_place(self, text: str) -> bool:
        without = _ITS_NUMBER.sub(" ", text)  # the number of an order is no house number
        region = self._places.of_address(without)
        numbered = bool(re.search(r"\d", without))
        company = is_organisation(text) and len(text) > 3 and not numbered and not self._found.company
        of_company = _OF_COMPANY.fullmatch(text)
        if of_company and is_organisation(of_company[1]) and self._surnames.is_person(of_company[2]):
            self._by_look(of_company[1])
            self._by_look(of_company[2])
        elif company and _COMPANY_END.search(text):
            self._set("company", text)
        elif (region[0] and len(text) > 3) or (len(text) > 5 and _STREET.search(without) and numbered):
            self._mixed_place(text)
        elif company:
            self._set("company", text)
        else:
            return False
        return True

    def _person(self, text: str) -> bool:
        titled, called = _NAME_AND_TITLE.fullmatch(text), _TITLE_AND_NAME.fullmatch(text)
        if _CALLED_NUMBER.fullmatch(text):
            return False  # 单 is a surname too
        if not self._found.name and (self._surnames.is_person(text) or _LATIN_NAME.fullmatch(text)):
            self._set("name", text)
        elif not self._found.name and titled:
            self._set("name", titled[1])
            self._set("title", titled[2])
        elif not self._found.name and called and self._surnames.is_person(called[2]):
            self._set("name", called[2])
            self._set("title", called[1])
        elif not self._found.title and len(text) <= _LONGEST_TITLE and _TITLES.search(text):
            self._set("title", text)
        else:
            return False
        return True

    def _words(self, piece: str) -> None:
        """A piece of several words: a person among them is the name, the rest is looked at anew."""
        words = piece.split(" ")
        for number, word in enumerate(words):
            if not self._found.name and self._surnames.is_person(word) and not _CALLED_NUMBER.fullmatch(word):
                self._set("name", word)
                for rest in (" ".join(words[:number]), " ".join(words[number + 1 :])):
                    if rest:
                        self._by_look(rest)
                return
        self._notes.append(piece)

    def _mixed_place(self, text: str) -> None:
        """An address with a name before or behind it (浙江省杭州市西湖区文三路1号 张三)."""
        words = text.split(" ")
        for end in (0, -1):
            if len(words) > 1 and not self._found.name and self._surnames.is_person(words[end]):
                self._set("name", words.pop(end))
        self._place(" ".join(words))

    def _place(self, text: str) -> None:
        region = self._places.of_address(half_width(text))
        if region[0] and not self._found.province:
            self._found = replace(self._found, province=region[0], city=region[1], district=region[2])
        if not self._found.address:
            self._set("address", text)
        elif text not in self._found.address:
            self._set("address", f"{self._found.address} {text}")

    def _set(self, field: str, text: str) -> None:
        known = getattr(self._found, field)
        if known and field != "address":
            if text != known:
                self._notes.append(text)
        else:
            fields: dict[str, str] = {field: text}
            self._found = replace(self._found, **fields)  # type: ignore[arg-type]


def _next_label(text: str) -> int:
    """Where the next label stands in a line that holds several (姓名:张三 电话:138…); 0 where there is none."""
    for match in re.finditer(r"[\s,，;；]+", text):
        if _LABEL.match(text[match.end() :]):
            return match.end()
    return 0
