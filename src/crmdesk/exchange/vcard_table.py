"""The cards of a file as tables: people on their own, and companies with the people at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.domain.photo import LARGEST_OF_A_FILE
from crmdesk.domain.phrase import Phrase
from crmdesk.domain.told_table import ToldColumn, ToldTable
from crmdesk.exchange.contacts_csv import book_people
from crmdesk.exchange.vcard_labels import unlabelled
from crmdesk.exchange.vcard_lines import read_cards
from crmdesk.exchange.vcard_person import Person, person_of
from crmdesk.i18n import _

_Told = tuple[Field, str, str, str]  # what it holds, its header; of a way to be reached its label, and "contact" or ""
_KINDS: Final = {
    "fax": Field.FAX,
    "email": Field.EMAIL,
    "wechat": Field.WECHAT,
    "qq": Field.QQ,
}
_ORDER: Final = tuple(Field)
_CARDS: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*BEGIN:VCARD", re.I)
_MOST_COLUMNS: Final = 400
_CHINESE_PHONE: Final = re.compile(r"(?:\+?86)?(?:1[3-9]\d{9}|0\d{2,3}[2-9]\d{6,7}|[48]00\d{7}|[2-9]\d{6,7})(?:-\d+)?")
_TELLING_SHARE: Final = 0.3


def card_tables(name: str, content: bytes, encoding: str) -> list[ToldTable]:
    """The tables of a vCard file or of an address book in CSV; none where it is neither.

    One table or two: people are customers, companies have the people on cards as contacts.
    """
    if not _CARDS.match(content.replace(b"\0", b"")[:40]):
        book = list(book_people(content, encoding))
        return _tables(name, book, []) if book else []
    cut = False
    people = []
    for number, card in enumerate(read_cards(content, encoding), 1):
        people.append((number, person_of(card)))
        cut = not card.whole
    left = _leave_photos([person for _number, person in people])
    notes = [Phrase("card_photos_left", {"count": left})] if left else []
    return _tables(name, people, [*notes, Phrase("card_cut")] if cut else notes)


def _leave_photos(people: Iterable[Person]) -> int:
    """Leave the photos behind that go beyond what one file may bring; gives how many stay behind in all."""
    size = left = 0
    for person in people:
        size += len(person.photo)
        if size > LARGEST_OF_A_FILE:
            person.photo, person.photo_left = b"", True
        left += person.photo_left
    return left


def _tables(name: str, everybody: Sequence[tuple[int, Person | None]], notes: Sequence[Phrase]) -> list[ToldTable]:
    people: dict[int, Person] = {}
    companies: dict[int, Person] = {}
    skipped: dict[int, str] = {}
    for number, person in everybody:
        if person is None:
            continue
        if person.group:
            skipped[number] = "card_group"
        elif not (person.name or person.company or person.points):
            skipped[number] = "card_empty"
        else:
            (companies if person.company else people)[number] = person
    both = bool(people and companies)
    tables = [_table(_("People") if both else name, "customers", people)] if people or not companies else []
    tables += [_table(_("Companies") if both else name, "contacts", companies)] if companies else []
    first = tables[0]
    tables[0] = ToldTable(first.name, first.kind, first.columns, first.rows, skipped, tuple(notes))
    return tables


def _table(name: str, kind: str, people: dict[int, Person]) -> ToldTable:
    """One table: a column for all that any of these people has."""
    said = {number: dict(_cells(person, at_company=kind == "contacts")) for number, person in people.items()}
    seen = dict.fromkeys(told for cells in said.values() for told in cells)
    columns = sorted(seen, key=lambda told: _ORDER.index(told[0]))[:_MOST_COLUMNS]
    exact = bool(people) and all(person.exact for person in people.values())
    foreign = not _mostly_chinese(people.values())
    places = {told: place for place, told in enumerate(columns)}
    rows = {
        number: {places[told]: text for told, text in cells.items() if told in places} for number, cells in said.items()
    }
    return ToldTable(name, kind, tuple(_column(told, exact=exact, foreign=foreign) for told in columns), rows)


def _column(told: _Told, *, exact: bool, foreign: bool) -> ToldColumn:
    field, header, label, whose = told
    options: dict[str, str | int | float | bool] = {}
    if field in (Field.PHONE, Field.CONTACT_PHONE):
        options = {"label": label}
    if field in (Field.PHONE, Field.CONTACT_PHONE, Field.FAX):
        options["each"] = True
        if foreign:
            options["foreign"] = True
    if exact:
        options["exact"] = True
    if whose and field is not Field.CONTACT_PHONE:
        options["slot"] = 1
    return ToldColumn(header, field, options)


def _cells(person: Person, *, at_company: bool) -> Iterator[tuple[_Told, str | bytes]]:
    """What a card says, by column. A company's own card says it of the company, any other of the contact there."""
    contact = "contact" if at_company and not person.is_company else ""
    plain: list[tuple[Field, str, str]] = [
        (Field.NAME, _("Company") if at_company else _("Full name"), person.company if at_company else person.name),
        (Field.CODE, _("Code"), person.code),
        (
            Field.KIND,
            _("Company or person"),
            "company" if at_company and (person.says_so or (person.is_company and not person.exact)) else "",
        ),
        (Field.PROVINCE, _("Province"), person.address[2]),
        (Field.CITY, _("City"), person.address[1]),
        (Field.ADDRESS, _("Address"), person.address[0]),
        (Field.BIRTHDAY, _("Birthday"), person.birthday),
        (Field.TAGS, _("Tags"), "、".join(person.tags)),
    ]
    if contact:
        plain.append((Field.CONTACT_NAME, _("Contact"), person.name))
        plain.append((Field.CONTACT_TITLE, _("Job title"), person.title))
        plain.append((Field.EXTRA, _("Nickname"), person.nickname))
        notes = f"{person.name}：{person.notes}" if person.name and person.notes else person.notes
        plain.append((Field.INTERACTION_SUMMARY, _("Notes"), notes))
    else:
        plain.append((Field.EXTRA, _("Job title"), person.title))
        plain.append((Field.SALUTATION, _("Form of address"), person.salutation))
        plain.append((Field.SHORT_NAME, _("Nickname"), person.nickname))
        plain.append((Field.NOTES, _("Notes"), person.notes))
    yield from (((field, header, "", ""), text) for field, header, text in plain if text)
    if person.photo:
        yield (Field.PHOTO, _("Photo"), "", ""), person.photo
    yield from _points(person, contact)
    yield from (((Field.EXTRA, header, "", ""), text) for header, text in person.extra.items() if text)


def _points(person: Person, contact: str) -> Iterator[tuple[_Told, str]]:
    """The ways to be reached, those of one label in one cell, a line each."""
    found: dict[_Told, list[str]] = {}
    for kind, value, label in person.points:
        if kind == "phone":
            own = "" if person.exact or label in unlabelled() else label
            head = _("Phone") if person.exact else label
            told = (Field.CONTACT_PHONE if contact else Field.PHONE, head, own, contact)
        else:
            told = (_KINDS[kind], _heads()[kind], "", contact)
        found.setdefault(told, []).append(f"{value}\t{label}" if person.exact and label else value)
    between = "\n" if person.exact else "; "
    yield from ((told, between.join(values)) for told, values in found.items())


def _heads() -> dict[str, str]:
    return {"fax": _("Fax"), "email": _("E-mail"), "wechat": _("WeChat"), "qq": "QQ"}


def _mostly_chinese(people: Iterable[Person]) -> bool:
    """Whether numbers without a country in front are Chinese ones: as in a column of a sheet, by how most look."""
    numbers = [
        re.sub(r"[\s().]|(?<=\d{4})-", "", value)
        for person in people
        for kind, value, _label in person.points
        if kind == "phone"
    ]
    bare = [number for number in numbers if not number.startswith(("+", "00"))]
    chinese = sum(bool(_CHINESE_PHONE.fullmatch(re.sub(r"-(?=\d{7})", "", number))) for number in bare)
    return not bare or chinese >= _TELLING_SHARE * len(bare)
