"""The tier report as a workbook; without tiers it is a customer report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.i18n import Language, _, current_language, language
from crmdesk.operations.exporting import customer_value, in_order, sheet_columns, stands_beside
from crmdesk.operations.fairness import changes_since
from crmdesk.operations.insight import insight, reach_counts
from crmdesk.operations.listing import customer_count, customer_ids, list_columns
from crmdesk.operations.tiers import tier_summary
from crmdesk.progress import Progress
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.insight import TierSummary
    from crmdesk.domain.passport import TierMove
    from crmdesk.excel.report import Section
    from crmdesk.excel.writer import CellValue
    from crmdesk.storage.database import Database

REGIONS: Final = 10  # of the regions, those with the most customers
FIRST: Final = ("tier", "name", "code", "phone", "region")
FIGURES: Final = ("order_total", "order_count", "last_order_on", "rhythm_days")
AHEAD: Final = ("year_money",)  # where there are enough customers to tell
FIRST_LOOK_BACK: Final = timedelta(days=30)  # the first report has none before it
EVERY_MOVE: Final = 1_000_000
REPORTS: Final = "reports_made"  # in the file: the days of the last two reports, the newest first
LAST: Final = ("tier_reason", "stage", "stage_reason", "next_follow_up_on")


def tier_report(db: Database, to: Path, wanted: Language | None, progress: Progress) -> None:
    """Write the report in a language (None: the current one). Raises Refused where it cannot be written."""
    if to.suffix.lower() != ".xlsx":
        raise Refused("report_is_xlsx", path=to.name)
    with language(wanted or current_language()):
        try:
            _write(db, to, progress)
        except OSError as error:
            raise Refused("cannot_write", path=str(to), why=error.strerror or str(error)) from error
    _remember(db)


def moves_since(db: Database, since: date) -> list[TierMove]:
    """Who stands on another level than on a day, from where it stood then to where it stands now, by money.

    Somebody's first level is no move, and who went up and came back has not moved.
    """
    last: dict[int, TierMove] = {}
    for move in changes_since(db, since, EVERY_MOVE).tiers:
        newest = last.setdefault(move.customer_id, move)
        last[move.customer_id] = replace(newest, old=move.old)  # the changes come the newest first
    moved = [move for move in last.values() if move.old and move.old != move.new]
    return sorted(moved, key=lambda move: (-move.money, move.name))


def last_report(db: Database) -> date | None:
    """The day of the last report before today's, None where this is the first."""
    today = db.clock.today()
    return next((day for day in _report_days(db) if day < today), None)


def _report_days(db: Database) -> list[date]:
    from crmdesk.storage import file_settings

    with db.read() as connection:
        return [date.fromisoformat(day) for day in file_settings.get(connection, REPORTS, [])]


def _remember(db: Database) -> None:
    """Keep the day, so that the next report tells what moved since. A file open for reading keeps nothing."""
    from crmdesk.storage import file_settings

    days = _report_days(db)
    if db.read_only or days[:1] == [db.clock.today()]:
        return
    with db.write("report_made", undoable=False) as step:
        file_settings.put(step, REPORTS, [day.isoformat() for day in [db.clock.today(), *days][:2]])


def _write(db: Database, to: Path, progress: Progress) -> None:
    from crmdesk.excel.report import Report, write_report

    summary = tier_summary(db)
    tiered = bool(summary.levels) and summary.has_money
    before = last_report(db)
    moves = moves_since(db, before or db.clock.today() - FIRST_LOOK_BACK) if tiered else []
    report = Report(
        title=_("Tier report") if tiered else _("Customer report"),
        source=db.path.name,
        made_on=db.clock.today(),
        as_of=summary.as_of,
        facts=_facts(db, summary),
        levels=[(level.tier, level.customers, level.money, level.share) for level in summary.levels] if tiered else [],
        stages=[(label("stage", stage), count) for stage, count in summary.stages.items() if count],
        moves=_moves_told(summary, moves, before) if tiered else "",
        policy=[say(phrase) for phrase in summary.policy] if tiered else [],
        shares=[] if tiered else _shares(db),
        sections=[*_moves_section(moves), *_tier_sections(db, summary, progress)]
        if tiered
        else [_everybody(db, progress)],
    )
    write_report(to, report)


def _facts(db: Database, summary: TierSummary) -> list[tuple[str, CellValue, str]]:
    facts: list[tuple[str, CellValue, str]] = [(_("Customers"), customer_count(db), "count")]
    if summary.has_money:
        if summary.levels:
            facts += [
                (_("With purchases"), sum(level.customers for level in summary.levels), "count"),
                (_("Without a tier"), summary.without_tier, "count"),
            ]
        facts.append((_("Money"), _all_money(db), "money"))
    else:
        with_phone, contacted = reach_counts(db)
        facts += [(_("With a phone"), with_phone, "count"), (_("Contacted so far"), contacted, "count")]
    return facts


def _all_money(db: Database) -> int:
    """Int money of everybody: without tiers there are no levels to sum up."""
    from crmdesk.storage import insight as rows

    with db.raw_read() as raw:
        return sum(money for _tier, _stage, _customers, money in rows.standing_counts(raw))


def _shares(db: Database) -> list[tuple[str, list[tuple[str, int]]]]:
    """What a list without money can be counted by: where the customers are, how likely they are to buy."""
    found = insight(db)
    shares = []
    if len(found.intents) > 1:
        shares.append((_("Intent"), [(label("intent", row.value), row.customers) for row in found.intents]))
    if len(found.regions) > 1:
        shares.append((_("Region"), [(row.value, row.customers) for row in found.regions[:REGIONS]]))
    return shares


def _moves_told(summary: TierSummary, moves: Sequence[TierMove], before: date | None) -> str:
    place = {level.tier: number for number, level in enumerate(summary.levels)}
    worst = len(place)  # no tier, or a level of rules that are no longer in force
    up = sum(place.get(move.new, worst) < place.get(move.old, worst) for move in moves)
    down = sum(place.get(move.new, worst) > place.get(move.old, worst) for move in moves)
    if before is None:
        told = _("In the last {days} days (there is no earlier report): {up} moved up, {down} down")
        return told.format(days=FIRST_LOOK_BACK.days, up=up, down=down)
    return _("Since the last report of {day}: {up} moved up, {down} down").format(day=before, up=up, down=down)


def _moves_section(moves: Sequence[TierMove]) -> list[Section]:
    """A sheet of who moved and why; none where nobody did."""
    from crmdesk.excel.report import Section
    from crmdesk.excel.writer import SheetColumn

    if not moves:
        return []
    columns = (
        SheetColumn(label("table", "customers")),
        SheetColumn(_("Tier before")),
        SheetColumn(_("Tier now")),
        SheetColumn(_("Since"), "date"),
        SheetColumn(_("Money"), "money"),
        SheetColumn(_("Why"), "note"),
    )
    rows = [
        (move.name, label("tier", move.old), label("tier", move.new), move.on, move.money, say(move.reason))
        for move in moves
    ]
    return [Section(_("Who moved"), columns, rows)]


def _tier_sections(db: Database, summary: TierSummary, progress: Progress) -> Iterator[Section]:
    for level in summary.levels:
        if level.customers:
            name = _("Tier {tier}").format(tier=level.tier)
            yield _section(db, name, CustomerQuery(tiers=(level.tier,), sort=(("order_total", True),)), progress)
    if summary.without_tier:
        yield _section(db, _("No tier"), CustomerQuery(tiers=("",)), progress)


def _everybody(db: Database, progress: Progress) -> Section:
    from crmdesk.excel.report import Section

    columns = [column for column in list_columns(db) if not stands_beside(column)]
    keys = [column.key for column in columns if column.key != "completeness"]
    headers = {column.key: column.header for column in columns}
    ids = customer_ids(db, CustomerQuery())
    return Section(label("table", "customers"), sheet_columns(keys, headers), _rows(db, ids, keys, progress))


def _section(db: Database, name: str, query: CustomerQuery, progress: Progress) -> Section:
    from crmdesk.excel.report import Section

    present = {column.key for column in list_columns(db)}
    ahead = [key for key in AHEAD if key in present]
    keys = [key for key in FIRST if key in present] + list(FIGURES) + ahead + list(LAST)
    return Section(name, sheet_columns(keys), _rows(db, customer_ids(db, query), keys, progress))


def _rows(db: Database, ids: Sequence[int], keys: Sequence[str], progress: Progress) -> Iterator[list[CellValue]]:
    for count, record in enumerate(in_order(db, ids)):
        if count % 500 == 0:
            progress.report("writing", count, len(ids))
        yield [customer_value(record, key) for key in keys]
