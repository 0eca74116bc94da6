"""Why two customers look like one, and why perhaps not. Codes as `domain.duplicate` gives them."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

DUPLICATES: Final[dict[str, str]] = {
    "duplicate_name_equal": translatable("The same name: {name}"),
    "duplicate_name_same": translatable("The same name, written in two ways: {name}, {other}"),
    "duplicate_name_similar": translatable("The names are nearly the same: {name}, {other}"),
    "duplicate_name_part": translatable("One name is part of the other: {name}, {other}"),
    "duplicate_name_address": translatable("One may be how the other is addressed: {name}, {other}"),
    "duplicate_name_contact": translatable("{name} is a customer here and a contact there"),
    "duplicate_name_unknown": translatable("One of them has no name"),
    "duplicate_name_unlike": translatable("The names differ: {name}, {other}"),
    "duplicate_name_people": translatable("These are the names of two people: {name}, {other}"),
    "duplicate_name_branch": translatable("The names tell of two places or branches: {name}, {other}"),
    "duplicate_same_phone": translatable("The same phone: {phone}"),
    "duplicate_near_phone": translatable("The phones differ by a slip: {phone}, {other}"),
    "duplicate_other_phone": translatable("The phones differ"),
    "duplicate_same_reach": translatable("The same WeChat, mail or QQ: {value}"),
    "duplicate_same_contact": translatable("The same contact: {name}"),
    "duplicate_same_code": translatable("The same code: {code}"),
    "duplicate_street_same": translatable("The same address: {address}"),
    "duplicate_street_near": translatable("The addresses are nearly the same: {address}, {other}"),
    "duplicate_street_elsewhere": translatable("The addresses differ: {address}, {other}"),
    "duplicate_same_city": translatable("The same city: {city}"),
    "duplicate_other_city": translatable("Two cities: {city}, {other}"),
    # while a new customer is typed in
    "duplicate_has_phone": translatable("the same phone"),
    "duplicate_has_name": translatable("nearly the same name"),
}
