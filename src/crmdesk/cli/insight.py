"""`crmdesk insight`: the charts of 分析 as sentences, their rows and the customers behind them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from crmdesk.cli import as_json
from crmdesk.cli.as_json import print_json
from crmdesk.cli.forecast import forecast_json
from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.i18n import _
from crmdesk.operations import insight, insight_more
from crmdesk.operations.forecast import customer_codes
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.charts.drawings import Draw
    from crmdesk.operations.files import Database

Chart = tuple[str, Any, "Draw"]  # its name, its values, how it is drawn
# Int money; "before" is that of a rising star, elsewhere it is a day and no int.
_MONEY: Final = frozenset({"money", "now", "before", "lost_money"})


def print_insight(options: Namespace, clock: Clock) -> int:
    """`crmdesk insight [CHART]`: the charts that the data allow, each with its sentence; of one its rows.

    JSON without a chart: `[{chart, sentence}]`. With one: `chart`, `sentence` and `values`, which are those of the
    dataclass it is drawn from (`domain`): money as decimal strings, days ISO, ids as strings, `who` the customers
    behind each field. Raises Refused("no_such_chart") where the data do not allow the chart, or none is called so.
    """
    with opened(options.file, clock, read_only=True) as db:
        if not options.chart:
            return _print_all(db, as_rows=options.json)
        found = next((one for one in _charts(db, options.chart) if one[0] == options.chart), None)
        if found is None:
            raise Refused("no_such_chart", value=options.chart)
        name, values, draw = found
        plain = _values(db, name, values)
    if options.json:
        print_json({"chart": name, "sentence": _sentence(draw), "values": plain})
        return 0
    print(_sentence(draw))
    from crmdesk.charts.lines import in_lines

    # A chart that says nothing beside its drawing (a line, months) has its values printed.
    for row in in_lines(draw) or _rows(plain):
        print("\t".join(row))
    return 0


def _print_all(db: Database, *, as_rows: bool) -> int:
    told = [(name, _sentence(draw)) for name, _values, draw in _charts(db)]
    if as_rows:
        print_json([{"chart": name, "sentence": sentence} for name, sentence in told])
    else:
        for name, sentence in told:
            print(f"{name}\t{sentence}")
        if not told:
            print(_("There is nothing to show yet: the file holds no customers"))
    return 0


def _sentence(draw: Draw) -> str:
    from crmdesk.charts.drawings import sentence

    return sentence(draw)


def _charts(db: Database, only: str = "") -> Iterator[Chart]:
    """The charts whose data suffice, in the order of the page; `only` spares working out the others."""
    from crmdesk.charts.drawings import drawings, further

    if only not in insight_more.FURTHER:
        found = insight.insight(db)
        for name, draw in drawings(found, presenting=False):
            yield name, getattr(found, name), draw
    for name, work_out in insight_more.FURTHER.items():
        if only in ("", name):
            values = work_out(db)
            if values is not None:
                yield name, values, further(name, values)


def _values(db: Database, name: str, values: Any) -> Any:  # noqa: ANN401 - each chart has values of its own
    if name == "forecast":
        return forecast_json(values, customer_codes(db))
    return _plain(getattr(values, name) if name == "rising" else values.levels if name == "attention" else values)


def _plain(value: Any, name: str = "") -> Any:  # noqa: ANN401 - whatever a chart is drawn from
    """A value as JSON takes it; bare numbers in a row are ids, for whatever is measured stands under a name."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name), one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        return {",".join(key) if isinstance(key, tuple) else str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Phrase):
        return say(value)
    if isinstance(value, tuple | list):
        return [str(one) if type(one) is int else _plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if type(value) is int and name in _MONEY:
        return as_json.money(value)
    return str(value) if name == "customer_id" else value


def _rows(plain: Any) -> Iterator[list[str]]:  # noqa: ANN401 - what `_plain` gave
    """A line for each row of a chart; of one that has none, for each of its values."""
    if isinstance(plain, dict):
        table = next(
            (one for one in plain.values() if isinstance(one, list) and one and isinstance(one[0], dict)), None
        )
        rows = table or [[name, value] for name, value in plain.items()]
    else:
        rows = plain
    for row in rows:
        yield [_cell(value) for value in (row.values() if isinstance(row, dict) else row)]


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _cell(value: object) -> str:
    """A cell of a line: measures one after the other, of customers their number."""
    if isinstance(value, list) and value and not isinstance(value[0], str | dict):
        return " ".join(_cell(one) for one in value)
    if isinstance(value, dict | list):
        return str(len(value))
    return f"{value:.4g}" if isinstance(value, float) else "" if value is None else str(value)
