"""What is said about a workbook that was edited and comes back: the step, its doubts, what it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from crmdesk.i18n import _, translatable
from crmdesk.words import formats
from crmdesk.words.formats import names

if TYPE_CHECKING:
    from crmdesk.domain.round_trip import Differences

ROUND_TRIP: Final[dict[str, str]] = {
    "round_trip": translatable("take back the edits in {file}"),
    "paste_cells": translatable("paste into the list"),
    "paste_worked_out": translatable("This column is worked out; it cannot be pasted into."),
    "paste_no_column": translatable('There is no column here for "{value}".'),
    "paste_too_large": translatable(
        "That is more than {count} lines. Nothing was changed; save it as a workbook and import that."
    ),
    # Why a cell or row is not taken by itself
    "several_contacts": translatable(
        "There are {count} contacts; as many must stand here, parted by 、. Better edit them on the card."
    ),
    "several_contact_phones": translatable(
        "There are {count} contacts; the phones of as many must stand here, parted by ；."
    ),
    "name_wiped": translatable("A customer without a code needs a name."),
    "trip_nameless": translatable("This row has neither a name nor a code, so nothing is made of it."),
    "trip_already_there": translatable("{name} is there already. Tick it only if this is somebody else."),
    "paste_by_name": translatable("Only the name says that this is {name}. Tick it if it is."),
    "trip_look_only": translatable('This column is only for looking at; "{value}" is not taken.'),
    "trip_formula": translatable(
        "This formula has no result yet. Save the file once in Excel or WPS and drop it again."
    ),
    "trip_deleted_here": translatable("Deleted here since the export. Ticked, it is made anew."),
    # What is refused
    "not_for_editing": translatable(
        "{file} was not exported for editing, so there is nothing to compare. To take in its customers, import it."
    ),
    "round_trip_other_file": translatable(
        "{file} was exported from another customer file. Nothing was changed; open that file and drop it again."
    ),
    "round_trip_no_table": translatable(
        "In {file} the table with its header row is gone. Nothing was changed; put the headers back, or export again."
    ),
    "editing_needs_xlsx": translatable(
        "A list for editing must be an .xlsx file: {path} is none. Nothing was written."
    ),
    "only_customers_for_editing": translatable("Only customers can be exported for editing. Nothing was written."),
    "apply_needs_yes": translatable("Say --yes to take the edits in, or --dry-run to see them. Nothing was changed."),
}

# What a difference is called, so that it is never told by colour alone.
KINDS: Final[dict[str, str]] = {
    "cell.changed": translatable("Changed in the file"),
    "cell.conflict": translatable("Changed on both sides"),
    "cell.unreadable": translatable("Cannot be read"),
    "cell.look_only": translatable("Not taken"),
    "row.changed": translatable("Changed"),
    "row.new": translatable("New row"),
    "row.gone": translatable("Deleted here"),
    "row.deleted": translatable("Not in the file any more"),
}


def cell_kind(kind: str) -> str:
    """What became of a cell, in words."""
    return _(KINDS[f"cell.{kind}"])


def renamed_column(old: str, new: str) -> str:
    """A column that is called otherwise now and still taken for the same."""
    return _('"{old}" is called "{new}" now and taken for the same column.').format(old=old, new=new)


def trip_notes(found: Differences) -> Iterator[str]:
    """What became of the columns (called otherwise, the user's own, gone), and of rows that lost their hidden id."""
    yield from (renamed_column(old, new) for old, new in found.renamed_columns)
    if found.added_columns:
        yield _("New columns become columns of your own: {columns}.").format(columns=names(found.added_columns))
    if found.missing_columns:
        gone = _("Columns that are gone from the file stay as they are here: {columns}.")
        yield gone.format(columns=names(found.missing_columns))
    if found.strayed:
        told = _("Rows sorted without the hidden first column, known again by name and phone: {count}.")
        yield told.format(count=formats.count(found.strayed))


def row_kind(kind: str) -> str:
    """What became of a row, in words."""
    return _(KINDS[f"row.{kind}"])
