"""Address books of Google, Outlook and Thunderbird as CSV: each row told as the card it would be.

They spread a person over many columns (three parts of a name, seven phones with their types, a street here and a city
there), so their headers are known by heart instead of being understood one by one. Columns without a place on a card
stay under their own header.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from crmdesk.exchange.vcard_lines import Card, Property
from crmdesk.exchange.vcard_person import Person, person_of

_SIGNS: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_BOOKS: Final = (
    ({"e-mail 1 - value"}, {"given name", "first name", "name"}),
    ({"primary email"}, {"display name"}, {"work phone", "home address"}),
    ({"e-mail address", "电子邮件地址"}, {"business phone", "business street", "商务电话", "商务地址 街道"}),
)
_N: Final = (
    ("last name", "family name", "姓"),
    ("first name", "given name", "名"),
    ("middle name", "additional name", "中间名"),
    ("title#", "name prefix", "prefix", "称谓"),
    ("suffix", "name suffix", "后缀"),
)
_TEXTS: Final = {
    "FN": ("name", "display name", "file as", "表示为"),
    "TITLE": ("job title", "organization title", "organization 1 - title", "职务"),
    "NICKNAME": ("nickname", "昵称"),
    "BDAY": ("birthday", "生日"),
    "NOTE": ("notes", "附注", "便笺"),
}
_COMPANY: Final = ("company", "organization", "organization name", "organization 1 - name", "单位", "公司")
_UNIT: Final = ("department", "organization department", "organization 1 - department", "部门")
_GROUPS: Final = ("group membership", "labels", "categories", "类别")
_PHONES: Final = {
    "mobile phone": ("cell",),
    "mobile number": ("cell",),
    "移动电话": ("cell",),
    "business phone": ("work",),
    "business phone 2": ("work",),
    "work phone": ("work",),
    "商务电话": ("work",),
    "商务电话 2": ("work",),
    "company main phone": ("main",),
    "单位主要电话": ("main",),
    "home phone": ("home",),
    "home phone 2": ("home",),
    "住宅电话": ("home",),
    "住宅电话 2": ("home",),
    "other phone": ("other",),
    "primary phone": (),
    "car phone": ("car",),
    "pager": ("pager",),
    "pager number": ("pager",),
    "business fax": ("work", "fax"),
    "商务传真": ("work", "fax"),
    "home fax": ("home", "fax"),
    "other fax": ("fax",),
    "fax number": ("fax",),
}
_MAILS: Final = re.compile(r"e-mail(?: \d)? address|(?:primary|secondary) email|电子邮件(?: \d )?地址")
_WEBS: Final = ("web page", "web page 1", "web page 2", "网页")
# street, more of it, city, province, code, country, box
_PLACES: Final = (
    ("work", ("work address", "work address 2", "work city", "work state", "work zipcode", "work country", "")),
    ("home", ("home address", "home address 2", "home city", "home state", "home zipcode", "home country", "")),
    *(
        (
            kind,
            (
                f"{name} street",
                f"{name} street 2",
                f"{name} city",
                f"{name} state",
                f"{name} postal code",
                f"{name} country/region",
                f"{name} address po box",
            ),
        )
        for kind, name in (("work", "business"), ("home", "home"), ("other", "other"))
    ),
    *(
        (
            kind,
            (f"{name} 街道", "", f"{name} 市/县", f"{name} 省/市/自治区", f"{name} 邮政编码", f"{name} 国家/地区", ""),
        )
        for kind, name in (("work", "商务地址"), ("home", "住宅地址"))
    ),
)
_TYPES: Final = {
    "mobile": "cell",
    "手机": "cell",
    "work": "work",
    "工作": "work",
    "单位": "work",
    "home": "home",
    "住宅": "home",
    "家庭": "home",
    "fax": "fax",
    "传真": "fax",
    "pager": "pager",
    "main": "main",
    "主要": "main",
    "other": "other",
    "其他": "other",
}
_NUMBERED: Final = re.compile(r"(phone|e-mail|address|website|relation|event) (\d+) - (\w[\w ]*)")
_CUSTOM: Final = re.compile(r"custom field (\d+) - value")
_MESSAGES: Final = re.compile(r"wechat|weixin|微信|\bqq\b", re.IGNORECASE)
_LINES: Final = {"phone": "TEL", "e-mail": "EMAIL", "website": "URL", "relation": "RELATED", "event": "ANNIVERSARY"}
_SEVERAL: Final = " ::: "
_MAX_FIELD: Final = 1 << 20


def is_book(headers: Sequence[str]) -> bool:
    """Whether these are the headers of an address book that is known by heart."""
    said = {_plain(header) for header in headers}
    return any(all(said & words for words in book) for book in _BOOKS)


def book_people(content: bytes, encoding: str) -> Iterator[tuple[int, Person | None]]:
    """The people of an address book by row, None for a blank one; nothing where it is no such book."""
    csv.field_size_limit(_MAX_FIELD)
    text = content.decode(encoding or "utf-8", "replace").replace("\0", "").removeprefix("\ufeff")
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    headers = next(rows, [])
    if not is_book(headers):
        return
    for number, cells in enumerate(rows, 2):
        said = {header: cell.strip() for header, cell in zip(headers, cells, strict=False) if cell.strip()}
        yield number, _person(said) if said else None


def _plain(header: str) -> str:
    return re.sub(r"\s+", " ", header.strip().lower().replace(" - label", " - type"))


class _Row:
    """A row that remembers which of its columns were used."""

    def __init__(self, said: Mapping[str, str]) -> None:
        self._said = {_plain(header): (header, text) for header, text in said.items()}
        self.used: set[str] = set()

    def take(self, *names: str) -> str:
        """The first of these columns that says anything."""
        for name in names:
            if name in self._said:
                self.used.add(name)
                return self._said[name][1]
        return ""

    def names(self) -> list[str]:
        """The columns that say anything, in the order of the sheet."""
        return list(self._said)

    def rest(self) -> Iterator[tuple[str, str]]:
        """What was not used, by its own header."""
        yield from (kept for name, kept in self._said.items() if name not in self.used)


def _person(said: Mapping[str, str]) -> Person:
    row = _Row(said)
    own = dict(_custom_fields(row))
    services = [
        Property("IMPP", _text(own.pop(head)), frozenset({head})) for head in list(own) if _MESSAGES.search(head)
    ]
    person = person_of(Card([*_properties(row), *services], whole=True))
    for header, text in own.items():
        person.extra.setdefault(header, text)
    for header, text in row.rest():
        person.extra.setdefault(header.strip(), text)
    return person


def _custom_fields(row: _Row) -> Iterator[tuple[str, str]]:
    """Google's fields of one's own, each told in two columns: what it is called, and what it says."""
    for name in row.names():
        match = _CUSTOM.fullmatch(name)
        label = row.take(f"custom field {match[1]} - type").strip("* ") if match else ""
        if label:
            yield label, row.take(name)


def _properties(row: _Row) -> Iterator[Property]:
    yield Property("N", ";".join(_text(row.take(*names)) for names in _N))
    for name, columns in _TEXTS.items():
        yield Property(name, _text(row.take(*columns)))
    yield Property("BDAY", _birthday(row))
    company, unit = row.take(*_COMPANY), row.take(*_UNIT)
    yield Property("ORG", f"{_text(company)};{_text(unit)}" if company else "")
    if unit and not company:
        row.used -= set(_UNIT)
    groups = re.split(r" ::: |;", row.take(*_GROUPS))
    yield Property("CATEGORIES", ",".join(_text(group.strip(" *")) for group in groups))
    for name in row.names():
        if name in _PHONES:
            yield Property("TEL", _text(row.take(name)), frozenset(_PHONES[name]))
        elif _MAILS.fullmatch(name):
            yield Property("EMAIL", _text(row.take(name)))
        elif name in _WEBS:
            yield Property("URL", _text(row.take(name)))
    for kind, columns in _PLACES:
        yield _address(kind, [row.take(column) for column in columns])
    yield from _numbered(row)


def _numbered(row: _Row) -> Iterator[Property]:
    """Google's columns in pairs: Phone 1 - Type, Phone 1 - Value."""
    groups = dict.fromkeys((match[1], match[2]) for name in row.names() if (match := _NUMBERED.match(name)))
    for number, (what, which) in enumerate(groups):
        head = f"{what} {which} - "
        kind = row.take(f"{head}type").strip("* ")
        if what == "address":
            row.take(f"{head}formatted")  # the parts say the same
            parts = ("street", "extended address", "city", "region", "postal code", "country", "po box")
            yield _address(_TYPES.get(kind.lower(), "other"), [row.take(head + part) for part in parts])
            continue
        types = [_TYPES.get(word) for word in kind.lower().split()]
        group = f"G{number}"
        if kind and (what in ("relation", "event") or (what == "phone" and not all(types))):
            yield Property("X-ABLABEL", _text(kind), group=group)
        name = _LINES[what]
        for value in row.take(f"{head}value").split(_SEVERAL):
            yield Property(name, _text(value.strip()), frozenset(kind for kind in types if kind), group=group)


def _address(kind: str, parts: Sequence[str]) -> Property:
    street, more, city, province, code, country, box = map(_text, parts)
    return Property("ADR", ";".join((box, more, street, city, province, code, country)), frozenset({kind}))


def _birthday(row: _Row) -> str:
    """Thunderbird's birthday, in three columns."""
    year, month, day = (row.take(f"birth {part}") for part in ("year", "month", "day"))
    if month.isdecimal() and day.isdecimal():
        head = f"{int(year):04}" if year.isdecimal() else "--"
        return f"{head}{int(month):02}{int(day):02}"
    return ""


def _text(text: str) -> str:
    return text.translate(_SIGNS)
