"""What one card says of somebody, whatever version it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from crmdesk.domain.photo import LARGEST, photo_kind
from crmdesk.exchange.vcard_labels import own_label, phone_label, unlabelled
from crmdesk.exchange.vcard_lines import Card, Property, parts_of, text_of
from crmdesk.i18n import _

OUR_PRODUCT: Final = "-//crmdesk//"
# Said for programs, or said again elsewhere on the card.
_SILENT: Final = frozenset(
    {
        *(
            "VERSION",
            "PRODID",
            "REV",
            "UID",
            "KEY",
            "SOUND",
            "LOGO",
            "PHOTO",
            "AGENT",
            "CLASS",
            "SORT-STRING",
            "MAILER",
        ),
        *("TZ", "GEO", "N", "FN", "ORG", "NAME", "PROFILE", "SOURCE", "CLIENTPIDMAP", "XML", "MEMBER", "KIND", "LABEL"),
        *(
            "X-ABLABEL",
            "X-ABADR",
            "X-ABUID",
            "CALURI",
            "FBURL",
            "CALADRURI",
            "CREATED",
            "LANG",
            "X-CLASS",
            "X-REDUCTION",
            "X-NO",
            "X-IMAGETYPE",
            "X-GENERATOR",
        ),
    }
)
_SILENT_STARTS: Final = ("X-AB", "X-MS-OL-", "X-PHONETIC", "X-EVOLUTION", "X-MOZILLA-HTML", "X-CRMDESK", "X-IMAGEHASH")
_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_GROUPS: Final = frozenset({"my contacts", "mycontacts", "我的联系人"})
_SERVICES: Final = (
    ("wechat", re.compile(r"wechat|weixin|微信|\bwx\b", re.I)),
    ("qq", re.compile(r"\bqq\b|tencent", re.I)),
)
_ADDRESS_KINDS: Final = ("work", "home")


@dataclass
class Person:
    """Somebody: name and company as they stand there, ways to be reached with their labels, the rest by header.

    `address` is (street, city, province); `points` are (kind, value, label) with kind phone, fax, email, wechat, qq.
    """

    name: str = ""
    company: str = ""
    is_company: bool = False  # a company's own card, nobody's at one
    says_so: bool = False  # in so many words
    title: str = ""
    salutation: str = ""
    nickname: str = ""
    code: str = ""
    points: list[tuple[str, str, str]] = field(default_factory=list)
    address: tuple[str, str, str] = ("", "", "")
    birthday: str = ""
    notes: str = ""
    tags: list[str] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    photo: bytes = b""
    photo_left: bool = False  # one that is too large, somewhere else, or no picture
    exact: bool = False  # written by this program: to be taken letter by letter
    group: bool = False  # a list of people and nobody itself


def person_of(card: Card) -> Person:
    """Read a card."""
    person = Person()
    labels = {entry.group: text_of(entry.value) for entry in card.properties if entry.name == "X-ABLABEL"}
    person.exact = any(entry.name == "PRODID" and entry.value.startswith(OUR_PRODUCT) for entry in card.properties)
    for entry in card.properties:
        _take(person, entry, labels.get(entry.group, "") if entry.group else "")
    _take_names(person, card.properties)
    _take_addresses(person, card.properties)
    return person


def _take(person: Person, entry: Property, label: str) -> None:
    name = entry.name
    if name == "PHOTO":
        fits = len(entry.content) <= LARGEST and photo_kind(entry.content)
        person.photo = person.photo or (entry.content if fits else b"")
        person.photo_left = not person.photo
    elif name in ("TEL", "X-MS-TEL"):
        _take_phone(person, entry, label)
    elif name == "EMAIL":
        mail = text_of(entry.value) if person.exact else text_of(entry.value).removeprefix("mailto:")
        if mail:
            _reach(person, "email", mail, own_label(label))
    elif name in ("IMPP", "X-SOCIALPROFILE") or _service(name):
        _take_service(person, entry, label)
    elif name == "X-CRMDESK-CODE":
        person.code = text_of(entry.value)
    elif name in ("BDAY", "TITLE", "NICKNAME", "CATEGORIES", "NOTE", "KIND", "X-ABSHOWAS", "ADR", "LABEL"):
        _take_own(person, entry)
    elif name not in _SILENT and (not name.startswith(_SILENT_STARTS) or label):
        _keep(person, entry, label)


def _take_own(person: Person, entry: Property) -> None:
    text = text_of(entry.value)
    if entry.name == "BDAY":
        person.birthday = person.birthday or _birthday(text, entry)
    elif entry.name == "TITLE":
        person.title = person.title or text
    elif entry.name == "NICKNAME":
        person.nickname = person.nickname or "、".join(part for part in parts_of(entry.value, ",") if part)
    elif entry.name == "CATEGORIES":
        tags = [tag for tag in parts_of(entry.value, ",") if tag and tag.lower() not in _GROUPS]
        person.tags += [tag for tag in tags if tag not in person.tags]
    elif entry.name == "NOTE" and text and text not in person.notes:
        person.notes = f"{person.notes}\n{text}" if person.notes else text
    elif entry.name == "KIND":
        person.group = text.lower() == "group"
        person.says_so = person.is_company = person.is_company or text.lower() == "org"
    elif entry.name == "X-ABSHOWAS":
        person.says_so = person.is_company = text.upper() == "COMPANY"


def _take_phone(person: Person, entry: Property, label: str) -> None:
    text = text_of(entry.value)
    number, _semicolon, extension = re.sub(r"^(?i:tel):", "", text).partition(";ext=")
    called = phone_label(entry.types, label)
    if person.exact and not label and called in unlabelled():
        called = ""
    value = f"{number.strip()}-{extension}" if extension else number.strip()
    if not value:
        return
    if called == "fax":
        _reach(person, "fax", value, own_label(label))
    else:
        _reach(person, "phone", value, called)


def _reach(person: Person, kind: str, value: str, label: str) -> None:
    """Add a way to be reached; the first label of one that stands there twice counts."""
    if (kind, value) not in {known[:2] for known in person.points}:
        person.points.append((kind, value, label))


def _service(name: str) -> str:
    """The kind of messages that a name or address of a service stands for."""
    return next((kind for kind, pattern in _SERVICES if pattern.search(name)), "")


def _take_service(person: Person, entry: Property, label: str) -> None:
    """WeChat and QQ are ways to be reached; any other service stays under its name."""
    if person.exact:
        _reach(person, _service(entry.name), text_of(entry.value), own_label(label))
        return
    scheme, colon, address = text_of(entry.value).partition(":")
    value = address if colon else scheme
    called = entry.parameters.get("x-service-type") or " ".join(sorted(entry.types - {"pref", "home", "work"}))
    kind = _service(called) or _service(entry.name) or _service(scheme if colon else "")
    value = re.sub(r"^(?:x-apple:|//)", "", value).strip()
    if kind and value:
        _reach(person, kind, value, own_label(label))
    elif value:
        _keep_text(person, called or label or (scheme if colon else entry.name), value)


def _keep(person: Person, entry: Property, label: str) -> None:
    """Keep what has no field of its own under the card's word for it."""
    heads = {
        "URL": _("Website"),
        "ROLE": _("Role"),
        "ANNIVERSARY": _("Anniversary"),
        "X-ANNIVERSARY": _("Anniversary"),
        "X-MS-ANNIVERSARY": _("Anniversary"),
        "GENDER": _("Gender"),
        "X-GENDER": _("Gender"),
        "RELATED": _("Related"),
    }
    head = own_label(label) or heads.get(entry.name) or entry.name.removeprefix("X-")
    _keep_text(person, head, " ".join(part for part in parts_of(entry.value) if part))


def _keep_text(person: Person, head: str, text: str) -> None:
    old = person.extra.get(head, "")
    if text and text not in old:
        person.extra[head] = f"{old}\n{text}" if old else text


def _take_names(person: Person, entries: Sequence[Property]) -> None:
    """The name from its parts, family name first where they are Chinese; the company, and which of both it is."""
    said = {"N": "", "FN": "", "ORG": ""}
    for entry in entries:
        if entry.name in said and not said[entry.name].strip("; "):
            said[entry.name] = entry.value
    full = text_of(said["FN"])
    named = parts_of(said["N"])
    joined = _joined(named, full)
    company, *units = [part for part in parts_of(said["ORG"]) if part] or [""]
    person.company = company
    if units:
        _keep_text(person, _("Department"), " ".join(units))
    if person.exact:  # the name is whole in FN; without one there, N is blank
        person.name = full if any(named) else ""
        person.is_company = person.is_company or bool(company and not person.name and not person.title)
        return
    person.name = joined or full
    person.salutation = named[3] if len(named) > 3 and joined else ""
    if not joined and full in {value for _kind, value, _label in person.points}:
        person.name = ""  # some programs put the number where the name is missing
    if company and person.name == company:
        person.name, person.is_company = "", True
    elif person.is_company and not company:
        person.company, person.name = person.name, ""
    if company and not person.name and not person.title:
        person.is_company = True


def _joined(named: list[str], full: str) -> str:
    family, given, middle, _prefix, suffix = (re.sub(r"\s*,\s*|\s+", " ", part) for part in [*named, *[""] * 5][:5])
    if _HAN.search(family + given):
        joined = f"{family}{middle}{given}"
        # Some phones have the parts the wrong way round; the name as shown has them right.
        return full if full and sorted(full) == sorted(joined) else joined
    return " ".join(part for part in (given, middle, family, suffix) if part)


def _take_addresses(person: Person, entries: Sequence[Property]) -> None:
    """The first address, that of work first, is the customer's; another stays under its name."""
    found = [(entry, address) for entry in entries if entry.name == "ADR" and any(address := parts_of(entry.value))]
    found.sort(key=lambda one: "work" not in one[0].types)
    edges = " " if person.exact else ", "
    for entry, address in found:
        box, more, street, city, province, code, country = (part.strip(edges) for part in [*address, *[""] * 7][:7])
        lines = (
            ", ".join(part for part in (street, more, box) if part) if not _HAN.search(street) else street + more + box
        )
        if person.address == ("", "", ""):
            person.address = (lines, city, province)
            _keep_text(person, _("Postal code"), code)
            _keep_text(person, _("Country"), country)
        else:
            kind = next((kind for kind in _ADDRESS_KINDS if kind in entry.types), "")
            head = {"work": _("Work address"), "home": _("Home address")}.get(kind, _("Other address"))
            _keep_text(person, head, " ".join(part for part in (lines, city, province, code, country) if part))
    if person.address == ("", "", ""):
        label = next((text_of(entry.value) for entry in entries if entry.name == "LABEL"), "")
        person.address = (label, "", "")


def _birthday(text: str, entry: Property) -> str:
    """1980-03-22, or 03-22 where the year is kept secret; whatever else stood there, as it stood there."""
    match = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", text)
    if match:
        yearless = entry.parameters.get("x-apple-omit-year") == match[1]
        return f"{match[2]}-{match[3]}" if yearless else f"{match[1]}-{match[2]}-{match[3]}"
    match = re.fullmatch(r"--(\d\d)-?(\d\d)", text)
    return f"{match[1]}-{match[2]}" if match else text
