"""`crmdesk list customers`: the filters and figures of the window's list, on the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from crmdesk.cli import as_json
from crmdesk.cli.as_json import Json
from crmdesk.domain.money import decimal_text, from_quantity
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import EXPECTED, QUESTIONS, STAYING, CustomerQuery
from crmdesk.domain.stage import Stage
from crmdesk.i18n import _
from crmdesk.words.listing import filter_name
from crmdesk.words.policies import EXCLUSION_NAMES

if TYPE_CHECKING:
    from crmdesk.operations.files import Database

# The option of each kind of choices, and what may be chosen (None: any word of the user's own).
_CHOICES: Final[dict[str, tuple[str, tuple[str, ...] | None]]] = {
    "tiers": ("tier", None),
    "stages": ("stage", tuple(stage.value for stage in Stage)),
    "intents": ("intent", ("high", "medium", "low")),
    "expected": ("expected", EXPECTED),
    "staying": ("staying", STAYING),
    "confidences": ("confidence", ("high", "fair", "few")),
    "blocked": ("blocked", tuple(EXCLUSION_NAMES)),
    "sources": ("source", None),
    "tags": ("tag", None),
}
_DOWN: Final = ":down"


def add_filters(parser: ArgumentParser) -> None:
    """What narrows a list: a text, choices (several of a kind add up), questions."""
    parser.add_argument("--search", default="", metavar="TEXT", help=_("only customers found by this"))
    told = {"tiers": _("only customers of this tier"), "stages": _("only customers of this stage")}
    for field, (option, codes) in _CHOICES.items():
        about = told.get(field) or filter_name(field)
        metavar = None if codes else option.upper()
        parser.add_argument(
            f"--{option}", dest=field, action="append", default=[], choices=codes, metavar=metavar, help=about
        )
    region = _("only of this region: a province, with its city and district behind it")
    parser.add_argument("--region", action="append", default=[], metavar="REGION", help=region)
    for field in QUESTIONS:
        parser.add_argument(f"--{field.replace('_', '-')}", action="store_true", help=filter_name(field))
    shown = _("also print this figure, by its name in the list; as often as needed")
    parser.add_argument("--column", action="append", default=[], metavar="COLUMN", help=shown)
    beside = _("also print the level that these rules would give; as often as needed")
    parser.add_argument("--scheme", action="append", default=[], metavar="NAME", help=beside)
    parser.add_argument("--sort", default="name", metavar="COLUMN[:down]", help=_("in this order"))


def query_of(options: Namespace) -> CustomerQuery:
    """The query that the options ask for."""
    asked: dict[str, Any] = {field: tuple(getattr(options, field)) for field in _CHOICES}
    asked |= {field: getattr(options, field) for field in QUESTIONS}
    order = ((options.sort.removesuffix(_DOWN), options.sort.endswith(_DOWN)),)
    if options.region:
        from crmdesk.operations.listing import region_named  # the table of all places

        asked["regions"] = tuple(map(region_named, options.region))
    return CustomerQuery(search=options.search, sort=order, **asked)


def list_customers(db: Database, query: CustomerQuery, columns: list[str], schemes: list[str]) -> Iterator[Json]:
    """The customers as JSON, with these columns of the list and the levels that other rules give beside.

    Raises Refused("no_such_column", "no_such_policy").
    """
    from crmdesk.operations import exporting, listing  # what opens files is not loaded to read a command
    from crmdesk.operations.schemes import levels_by

    kinds = {column.key: column.kind for column in listing.list_columns(db, asked=True)}
    for key in (*columns, query.sort[0][0]):
        if key not in kinds and key != "name":
            raise Refused("no_such_column", value=key, known=", ".join(kinds))
    ids = listing.customer_ids(db, query)
    values = {row[0]: row[1:] for row in listing.customer_rows(db, ids, columns)} if columns else {}
    levels = levels_by(db, schemes) if schemes else {}
    for record in exporting.in_order(db, ids):
        found = zip(columns, values.get(record.customer.id, ()), strict=False)
        own = {key: _plain(kinds[key], value) for key, value in found}
        beside = {code: by.get(record.customer.id) for code, by in levels.items()}
        yield {**as_json.customer_json(record), **own, **({"schemes": beside} if schemes else {})}


def _plain(kind: str, value: object) -> object:
    if kind == "money" and isinstance(value, int):
        return as_json.money(value)
    return decimal_text(from_quantity(value)) if kind == "quantity" and isinstance(value, int) else value
