"""A view of the customer list under a name: whom it lets through, in which order, with which columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from crmdesk.domain.query import CustomerQuery


class SavedView(NamedTuple):
    """A kept view. The arrangement of its columns is kept beside it, under `layout_name`."""

    id: int
    name: str
    query: CustomerQuery

    @property
    def layout_name(self) -> str:
        """What the arrangement of its columns is kept under."""
        return layout_name(self.id)


def layout_name(view_id: int) -> str:
    """What the arrangement of a saved view's columns is kept under."""
    return f"customers.{view_id}"


def kept_query(query: CustomerQuery) -> CustomerQuery:
    """What of a query a view keeps: never a list of single customers, for those come and go."""
    return query._replace(ids=None)


def query_to_plain(query: CustomerQuery) -> dict[str, Any]:
    """Values that JSON takes; what narrows nothing is left out."""
    plain, usual = kept_query(query)._asdict(), CustomerQuery()._asdict()
    return {name: value for name, value in plain.items() if value != usual[name]}


def query_from_plain(plain: Mapping[str, Any]) -> CustomerQuery:
    """What `query_to_plain` gave; what another version added or left out is as usual."""
    known = CustomerQuery._fields
    return CustomerQuery(**{name: _tupled(value) for name, value in plain.items() if name in known})


def _tupled(value: Any) -> Any:  # noqa: ANN401 - JSON knows lists only
    return tuple(_tupled(part) for part in value) if isinstance(value, list | tuple) else value
