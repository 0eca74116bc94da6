"""Columns of an edited workbook that are called otherwise now: known again by what they hold and where they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

_SURE: Final = 0.8  # of its texts that a column wherever it stands must still hold
_NEARBY: Final = 0.5  # the same where its neighbour is the one it had


def renamed(
    before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]], gone: Sequence[str], fresh: Sequence[str]
) -> dict[str, str]:
    """The old header of each renamed column, by its new one.

    `before` and `now` hold the texts of all columns in their order, whatever order their rows are in; `gone` are
    headers only of before, `fresh` only of now. A column of blanks tells nothing by what it holds; it is taken for
    another that stands exactly in its place, and so is one that was rewritten and is called much the same.
    """
    likely = []
    for old in gone:
        for new in fresh:
            share = _shared(before[old], now[new])
            near = _neighbours(list(before), old) & _neighbours(list(now), new)
            if share >= (_NEARBY if near else _SURE):
                likely.append((share, bool(near), old, new))
    found: dict[str, str] = {}
    for _share, _near, old, new in sorted(likely, key=lambda one: one[:2], reverse=True):
        if new not in found and old not in found.values():
            found[new] = old
    return {**found, **_in_its_place(before, now, gone, fresh, found)}


def _in_its_place(
    before: Mapping[str, Sequence[str]],
    now: Mapping[str, Sequence[str]],
    gone: Sequence[str],
    fresh: Sequence[str],
    found: Mapping[str, str],
) -> dict[str, str]:
    """Columns between the same two neighbours, by their new header, that what they hold does not tell."""
    old_names = {old: new for new, old in found.items()}
    was = [old_names.get(name, name) for name in before]  # a neighbour may have been renamed as well
    placed: dict[str, str] = {}
    for old in (name for name in gone if name not in old_names):
        for new in (name for name in fresh if name not in found and name not in placed):
            if _between(was, old) != _between(list(now), new):
                continue
            if not any(before[old]) or _alike(old, new):
                placed[new] = old
                break
    return placed


def _between(headers: Sequence[str], header: str) -> tuple[str, str]:
    at = headers.index(header)
    return headers[at - 1] if at else "", headers[at + 1] if at + 1 < len(headers) else ""


def _alike(old: str, new: str) -> bool:
    """Whether two headers share most of the signs of the shorter one: 备注 and 备注说明."""
    shorter, longer = sorted((set(old.casefold()), set(new.casefold())), key=len)
    return len(shorter & longer) > len(shorter) / 2


def _shared(one: Sequence[str], other: Sequence[str]) -> float:
    """How much of what two columns hold is the same."""
    mine, theirs = (Counter(text for text in texts if text) for texts in (one, other))
    most = max(mine.total(), theirs.total())
    return (mine & theirs).total() / most if most else 0.0


def _neighbours(headers: Sequence[str], header: str) -> set[str]:
    at = headers.index(header)
    return {*headers[max(at - 1, 0) : at], *headers[at + 1 : at + 2]}
