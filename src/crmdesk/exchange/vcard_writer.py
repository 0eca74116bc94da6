"""Customers as address cards, vCard 3.0: what a phone may know of them, and nothing that is only the house's business.

A customer with people is a company: a card of its own for what is the company's, and one for each of its people, with
the company as ORG. Left out on purpose: tier, stage, intent, amounts, notes, tags, the user's own columns.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from crmdesk.domain.customer import Contact, Customer, Point
from crmdesk.domain.names import is_organisation
from crmdesk.domain.photo import photo_kind
from crmdesk.exchange.vcard_labels import phone_label, types_of, unlabelled
from crmdesk.exchange.vcard_person import OUR_PRODUCT

Photos = Mapping[int, bytes]
"""A customer's photos by contact, 0 for its own."""
NO_PHOTOS: Final[Photos] = {}
_FOLD: Final = 75  # octets of a line
_SIGNS: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None, "\0": None})
_NO_YEAR: Final = "1604"  # what phones write for a birthday without a year
_MOBILE: Final = re.compile(r"1[3-9]\d{9}(?:-\d+)?")


def write_cards(path: Path, customers: Iterable[tuple[Customer, Photos]]) -> int:
    """Write the cards of these customers; gives how many cards. Raises OSError, and then leaves what was there."""
    part = path.with_name(path.name + ".part")
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            for customer, photos in customers:
                for card in cards_of(customer, photos):
                    count += 1
                    file.writelines(folded(line) for line in card)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def cards_of(customer: Customer, photos: Photos = NO_PHOTOS) -> Iterator[list[str]]:
    """The cards of a customer, each as its unfolded lines."""
    people = [contact for contact in customer.contacts if contact.name or contact.title]
    rest = [point for contact in customer.contacts if contact not in people for point in contact.points]
    points = [*customer.points, *rest]
    own = next(
        (photos[one] for one in (0, *(c.id for c in customer.contacts if c not in people)) if one in photos), b""
    )
    whole = is_organisation(customer.name) if not customer.kind else customer.kind == "company"
    if not people and not (whole and customer.name):
        yield _card(customer, _named(customer.name, points), points, own, about=True)
    elif points or not people or customer.birthday or customer.short_name or own:
        company = "X-ABSHOWAS:COMPANY" if customer.kind == "company" else ""
        head = ["N:;;;;", f"FN:{_text(customer.name)}", _org(customer), company]
        yield _card(customer, head, points, own, about=True)
    yield from (_contact_card(customer, contact, photos.get(contact.id, b"")) for contact in people)


def _contact_card(customer: Customer, contact: Contact, photo: bytes) -> list[str]:
    title = f"TITLE:{_text(contact.title)}" if contact.title else ""
    name = contact.name or contact.title
    parts = _parts(contact.name) if contact.name else ";;;;"
    return _card(
        customer, [f"N:{parts}", f"FN:{_text(name)}", _org(customer), title], contact.points, photo, about=False
    )


def _card(customer: Customer, head: list[str], points: Iterable[Point], photo: bytes, *, about: bool) -> list[str]:
    """A card with this head; `about`: it is the customer's own and says when its birthday is."""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"PRODID:{OUR_PRODUCT}crmdesk//EN", *head]
    lines += [line for number, point in enumerate(points, 1) for line in _point(number, point)]
    if customer.address or customer.province or customer.city:
        place = " ".join(part for part in (customer.city, customer.district) if part)
        lines.append(f"ADR;TYPE=WORK:;;{_text(customer.address)};{_text(place)};{_text(customer.province)};;")
    if customer.code:
        lines.append(f"X-CRMDESK-CODE:{_text(customer.code)}")
    if about:
        lines.append(f"NICKNAME:{_text(customer.short_name)}" if customer.short_name else "")
        lines.append(_birthday(customer))
    if photo:
        lines.append(f"PHOTO;ENCODING=b;TYPE={photo_kind(photo).upper()}:{b2a_base64(photo, newline=False).decode()}")
    return [line for line in [*lines, "END:VCARD"] if line]


def _named(name: str, points: Iterable[Point]) -> list[str]:
    """Somebody's name; one without a name is called by the first way to be reached, as phones do it."""
    if name:
        return [f"N:{_parts(name)}", f"FN:{_text(name)}"]
    return ["N:;;;;", f"FN:{_text(next((point.value for point in points), ''))}"]


def _parts(name: str) -> str:
    """Family and given name; a Chinese name whole, for phones put it together without a blank only then."""
    given, blank, family = name.rpartition(" ")
    if blank and name.isascii() and given:
        return f"{_text(family)};{_text(given)};;;"
    return f"{_text(name)};;;;"


def _org(customer: Customer) -> str:
    return f"ORG:{_text(customer.name)}" if customer.name else ""


def _point(number: int, point: Point) -> Iterator[str]:
    """A way to be reached; a label that its types do not tell already stands beside it."""
    text = _text(point.value)
    if point.kind == "phone":
        types = (
            types_of(point.label)
            if point.label
            else ("CELL", "VOICE")
            if _MOBILE.fullmatch(point.value)
            else ("VOICE",)
        )
        head = f"TEL;{','.join(('TYPE=' + types[0], *types[1:]))}"
        told = phone_label({kind.lower() for kind in types}) == point.label and point.label not in unlabelled()
        told = told or not point.label
    else:
        head = _HEADS.get(point.kind, "X-" + point.kind.upper())
        told = not point.label
    yield f"{head}:{text}" if told else f"item{number}.{head}:{text}"
    if not told:
        yield f"item{number}.X-ABLabel:{_text(point.label)}"


_HEADS: Final = {"email": "EMAIL;TYPE=INTERNET", "fax": "TEL;TYPE=FAX", "wechat": "X-WECHAT", "qq": "X-QQ"}


def _birthday(customer: Customer) -> str:
    """The birthday of the sun's calendar; phones know no other."""
    day = customer.birthday
    if not day or customer.birthday_calendar == "lunar":
        return ""
    if day.startswith("--"):
        return f"BDAY;X-APPLE-OMIT-YEAR={_NO_YEAR}:{_NO_YEAR}-{day[2:]}"
    return f"BDAY:{day}"


def _text(text: str) -> str:
    return text.strip().translate(_SIGNS)


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never within a character, with its line ends."""
    if line.isascii():  # as a photo is, which has a hundred thousand of them
        rest = (f" {line[at : at + _FOLD - 1]}" for at in range(_FOLD, len(line), _FOLD - 1))
        return "\r\n".join([line[:_FOLD], *rest]) + "\r\n"
    pieces, piece, size = [], "", 0
    for sign in line:
        length = len(sign.encode("utf-8", "replace"))
        if size + length > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece += sign
        size += length
    return "\r\n".join([*pieces, piece]) + "\r\n"
