"""Sheets that are alike: a year of daily files is decided once, as one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmdesk.operations.importing_profiles import fingerprint_of

if TYPE_CHECKING:
    from crmdesk.operations.importing_preview import Preview
    from crmdesk.operations.importing_values import Place

_ALIKE: Final = 3  # sheets from which they are shown as one


def like_sheets(preview: Preview) -> tuple[tuple[int, ...], ...]:
    """The positions of a preview's sheets, those together that have the same headers or are left out for one reason."""
    groups: dict[object, list[int]] = {}
    for position, place in enumerate(preview.places):
        groups.setdefault(_likeness(preview, position, place), []).append(position)
    found = [
        part
        for group in groups.values()
        for part in ([tuple(group)] if len(group) >= _ALIKE else [(position,) for position in group])
    ]
    return tuple(sorted(found))


def _likeness(preview: Preview, position: int, place: Place) -> object:
    draft = preview.sheets[position].draft
    if not draft.columns and draft.reason is not None:
        return draft.reason.code
    return (fingerprint_of(preview.first[place]) or position, draft.kind)


def with_same_header(preview: Preview, place: Place) -> list[Place]:
    """The other sheets of the same headers in the same row: moving the header of one moves theirs."""
    first = preview.first[place]
    known = fingerprint_of(first)
    return [
        other
        for other in preview.places
        if other != place
        and known
        and preview.first[other].header_row == first.header_row
        and fingerprint_of(preview.first[other]) == known
    ]
