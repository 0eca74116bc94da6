"""Remembered sheets: what the user decided for a set of headers is applied when they come again.

What a sheet tells of itself only this once is not carried over: the year that its days leave out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from crmdesk.domain.fields import Field
from crmdesk.domain.sheet_profile import DecidedColumn, Option, SheetProfile, fingerprint, header_key, numbered

if TYPE_CHECKING:
    from datetime import date

    from crmdesk.excel.column import Column
    from crmdesk.excel.draft import Reading, SheetDraft
    from crmdesk.operations.importing_preview import Preview
    from crmdesk.operations.importing_values import Place
    from crmdesk.storage.database import Database

_ASK: Final = "ask"
_YEAR: Final = "year"
_SHARED: Final = 0.5  # of a sheet's headers that a profile asked for by name must know


def fingerprint_of(draft: SheetDraft) -> str:
    """What a sheet is known by, as it was understood at first; "" where nothing of it can be."""
    return fingerprint((column.header for column in draft.columns), (str(column.field) for column in draft.columns))


def load_profiles(db: Database, name: str = "") -> dict[str, SheetProfile]:
    """The profiles kept under a name by fingerprint, "" for those remembered by themselves; none for a new name."""
    from crmdesk.storage.profiles import profiles

    with db.raw_read() as raw:
        return {print_: SheetProfile.from_json(text) for print_, text in profiles(raw, name).items()}


def recall(db: Database, preview: Preview) -> Preview:
    """The preview with its sheets read as they were decided before, and the unwanted ones left out."""
    own, named = load_profiles(db), load_profiles(db, preview.profile) if preview.profile else {}
    today = db.clock.today()
    left_out, known = set(preview.left_out), set()
    for position, place in enumerate(preview.places):
        draft = preview.first[place]
        print_ = fingerprint_of(draft)
        profile = named.get(print_) or nearest(draft, named.values()) or own.get(print_)
        if not print_ or profile is None:
            continue
        known.add(place)
        if profile.left_out:
            left_out.add(position)
        else:
            _read_as_decided(preview.readings[place.reading], draft, profile, today)
    return replace(preview, left_out=frozenset(left_out), remembered=frozenset(known))


def _read_as_decided(reading: Reading, draft: SheetDraft, profile: SheetProfile, today: date) -> None:
    from crmdesk.excel.columns import read_again

    if profile.header_row is not None and profile.header_row != draft.header_row:
        draft = reading.reread(draft.index, [], header_row=profile.header_row)
    columns = as_decided(profile, draft.columns, today.year)
    if columns != list(draft.columns):
        reading.reread(draft.index, [read_again(column, today) for column in columns])


def alike(preview: Preview, place: Place, columns: Sequence[Column], today: date) -> list[tuple[Place, list[Column]]]:
    """The other sheets with the headers of one, and their columns read as the user's word says for that one."""
    from crmdesk.excel.columns import read_again

    first = preview.first[place]
    print_ = fingerprint_of(first)
    said = decided(first, replace(first, columns=tuple(columns)), left_out=False, today_year=today.year)
    others = [one for one in preview.places if one != place and print_ and fingerprint_of(preview.first[one]) == print_]
    found = []
    for other in others:
        now = preview.readings[other.reading].sheets[other.index].columns
        theirs = as_decided(said, now, today.year)
        if theirs != list(now):
            found.append((other, [read_again(column, today) for column in theirs]))
    return found


def nearest(draft: SheetDraft, named: Collection[SheetProfile]) -> SheetProfile | None:
    """Of the profiles asked for by name, the one that knows most of a sheet's headers, at least half of them."""
    headers = {key for key, _place in numbered(column.header for column in draft.columns) if key}
    if not headers:
        return None

    def shared(profile: SheetProfile) -> int:
        return len(headers & {key for key, _place in numbered(one.header for one in profile.columns)})

    best = max(named, key=shared, default=None)
    return best if best is not None and shared(best) >= _SHARED * len(headers) else None


def decided(first: SheetDraft, now: SheetDraft, *, left_out: bool, today_year: int) -> SheetProfile:
    """What was decided for a sheet that was first understood as `first` and is imported as `now`."""
    asked = {column.index: column.options.get(_ASK) for column in first.columns}
    columns = tuple(
        DecidedColumn(
            column.header,
            str(column.field),
            _kept_options(column, today_year),
            _answered(column, asked.get(column.index)),
        )
        for column in now.columns
    )
    moved = now.header_row if now.header_row != first.header_row else None
    return SheetProfile(columns, moved, left_out)


def _kept_options(column: Column, today_year: int) -> dict[str, Option]:
    options = dict(column.options)
    if options.get(_YEAR) != today_year or column.confidence < 1.0:
        options.pop(_YEAR, None)
    return options


def _answered(column: Column, asked: Option | None) -> tuple[str, ...]:
    return (str(asked),) if asked and _ASK not in column.options else ()


def as_decided(profile: SheetProfile, columns: Sequence[Column], today_year: int) -> list[Column]:
    """The columns of a sheet read as they were decided; those that the profile does not know stay as understood."""
    from crmdesk.excel.split import PIECE, second_header

    known = dict(zip(numbered(one.header for one in profile.columns), profile.columns, strict=True))
    found: list[Column] = []
    for column, where in zip(columns, numbered(column.header for column in columns), strict=True):
        one = known.get(where)
        if PIECE in column.options and found and found[-1].index == column.index:
            continue  # the second piece of a column came with its first
        found.append(_column(column, one, today_year) if one is not None else column)
        second = known.get((header_key(second_header(column.header or column.letter)), 0))
        if one is not None and PIECE in one.options and second is not None:
            half = replace(column, header=second.header, field=Field(second.field), options=dict(second.options))
            found.append(replace(half, confidence=1.0))
    return found


def _column(column: Column, one: DecidedColumn, today_year: int) -> Column:
    options, asks = dict(one.options), column.options.get(_ASK)
    year = options.pop(_YEAR, None)  # said of another sheet: it answers what this one asks, and only in the same year
    if asks == _YEAR and year == today_year:
        options[_YEAR], asks = year, None
    elif _YEAR in column.options:
        options[_YEAR] = column.options[_YEAR]
    if asks and asks not in options and (asks not in one.answered or asks == _YEAR):
        options[_ASK] = asks
    field = Field(one.field)
    if field is column.field and options == dict(column.options):
        return column
    return replace(column, field=field, options=options, confidence=1.0)


def remember(db: Database, preview: Preview) -> None:
    """Keep what was decided for the sheets of an import, also under its name; the same again writes nothing."""
    from crmdesk.storage import profiles as kept

    year, name = db.clock.today().year, preview.profile
    found: dict[str, SheetProfile] = {}
    for position, (place, sheet) in enumerate(zip(preview.places, preview.sheets, strict=True)):
        first = preview.first[place]
        print_ = fingerprint_of(first)
        left_out = position in preview.left_out
        if not print_ or not sheet.draft.columns or (print_ in found and left_out):
            continue
        if sheet.kind != "ignored" or left_out:
            found[print_] = decided(first, sheet.draft, left_out=left_out, today_year=year)
    texts = {print_: profile.to_json() for print_, profile in found.items()}
    wanted: dict[str, Mapping[str, str]] = {"": texts, name: texts}
    with db.raw_read() as raw:
        stale = [each for each in wanted if not texts.items() <= kept.profiles(raw, each).items()]
    if stale:
        with db.write("remember_sheets", undoable=False) as step:
            for each in stale:
                kept.put(step, each, texts)
