"""What becomes of values that are there when a sheet comes again, and what its customers are known by."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import _, translatable

EXISTING: Final[dict[str, str]] = {
    "filled": translatable('Was empty, becomes "{value}".'),
    "replaced": translatable('"{old}" becomes "{value}".'),
    "appended": translatable('Added: now "{value}", was "{old}".'),
    "kept_by_hand": translatable('The sheet says "{value}"; your file has "{old}", not from this sheet, and it stays.'),
    "kept_newer": translatable('This sheet is older: it says "{value}", a newer one said "{old}", and that stays.'),
    "no_such_import": translatable('There is no import "{which}" that still stands. `crmdesk imports` lists them.'),
    "shared_code": translatable("{other} has the code {value} too; by your key they are two customers."),
    "key_no_column": translatable("No sheet has the columns that its customers could be known by: {key}."),
    "existing_not_here": translatable('In "{column}" what is there cannot be treated as "{way}".'),
}
WAYS: Final[dict[str, str]] = {
    "fill": translatable("fill blanks"),
    "newer": translatable("the newer sheet counts"),
    "replace": translatable("replace"),
    "append": translatable("add to it"),
}
KEYS: Final[dict[str, str]] = {
    "auto": translatable("code, else phone, else name with address"),
    "code": translatable("code"),
    "phone": translatable("phone"),
    "name_region": translatable("name with region"),
    "name_phone": translatable("name with phone"),
}


def way_label(way: str) -> str:
    """What becomes of a value that is there, as a choice."""
    return _(WAYS[way])


def key_label(key: str) -> str:
    """What a sheet's customers are known by, as a choice."""
    return _(KEYS[key])
