"""How somebody arranged the columns of a table: their order, widths, and which are hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

_AS_WIDE_AS_USUAL: Final[Mapping[str, int]] = MappingProxyType({})


class TableLayout(NamedTuple):
    """Columns by key: `order` as on the screen, `widths` in pixels where somebody set one, `hidden` ones.

    `asked` are those that somebody switched on which nobody sees otherwise.
    """

    order: tuple[str, ...] = ()
    widths: Mapping[str, int] = _AS_WIDE_AS_USUAL
    hidden: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    def ordered(self, keys: Sequence[str]) -> list[str]:
        """These columns as they stand on the screen."""
        return merged_order(self.order, keys)

    def moved(self, shown: Sequence[str]) -> TableLayout:
        """After the shown columns were put in another order; those that are not shown stay beside their neighbours."""
        known = [*self.order, *(key for key in shown if key not in self.order)]
        return self._replace(order=tuple(merged_order(shown, known)))

    def resized(self, key: str, width: int) -> TableLayout:
        """After a column was made wider or narrower."""
        return self._replace(widths={**self.widths, key: width})

    def hiding(self, key: str, *, hidden: bool) -> TableLayout:
        """After a column was hidden or shown again."""
        if hidden:
            return self._replace(hidden=self.hidden | {key}, asked=self.asked - {key})
        return self._replace(hidden=self.hidden - {key}, asked=self.asked | {key})

    def to_plain(self) -> dict[str, Any]:
        """Values that JSON takes."""
        plain = {"order": list(self.order), "widths": dict(self.widths), "hidden": sorted(self.hidden)}
        return {**plain, "asked": sorted(self.asked)}


def layout_from_plain(plain: Mapping[str, Any]) -> TableLayout:
    """What `to_plain` gave; what an older or newer version left out is empty."""
    return TableLayout(
        tuple(plain.get("order", ())),
        dict(plain.get("widths", {})),
        frozenset(plain.get("hidden", ())),
        frozenset(plain.get("asked", ())),
    )


def merged_order(seen: Sequence[str], keys: Sequence[str]) -> list[str]:
    """The keys in the order they were seen in; a new one beside the one it belongs to."""
    order = [key for key in seen if key in keys]
    for number, key in enumerate(keys):
        if key not in order:
            before = keys[number - 1] if number else ""
            order.insert(order.index(before) + 1 if before in order else 0, key)
    return order
