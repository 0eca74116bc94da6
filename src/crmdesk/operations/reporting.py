"""The tier report as a workbook; without tiers it is a customer report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.i18n import Language, _, current_language, language
from crmdesk.operations.exporting import customer_value, in_order, sheet_columns
from crmdesk.operations.insight import insight, reach_counts
from crmdesk.operations.listing import customer_count, customer_ids, list_columns
from crmdesk.operations.tiers import tier_summary
from crmdesk.progress import Progress
from crmdesk.words.labels import label
from crmdesk.words.phrases import say

if TYPE_CHECKING:
    from crmdesk.domain.insight import TierSummary
    from crmdesk.excel.report import Section
    from crmdesk.excel.writer import CellValue
    from crmdesk.storage.database import Database

REGIONS: Final = 10  # of the regions, those with the most customers
FIRST: Final = ("tier", "name", "code", "phone", "region")
FIGURES: Final = ("order_total", "order_count", "last_order_on", "rhythm_days")
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


def _write(db: Database, to: Path, progress: Progress) -> None:
    from crmdesk.excel.report import Report, write_report

    summary = tier_summary(db)
    tiered = bool(summary.levels) and summary.has_money
    report = Report(
        title=_("Tier report") if tiered else _("Customer report"),
        source=db.path.name,
        made_on=db.clock.today(),
        as_of=summary.as_of,
        facts=_facts(db, summary),
        levels=[(level.tier, level.customers, level.money, level.share) for level in summary.levels] if tiered else [],
        stages=[(label("stage", stage), count) for stage, count in summary.stages.items() if count],
        policy=[say(phrase) for phrase in summary.policy] if tiered else [],
        shares=[] if tiered else _shares(db),
        sections=list(_tier_sections(db, summary, progress)) if tiered else [_everybody(db, progress)],
    )
    write_report(to, report)


def _facts(db: Database, summary: TierSummary) -> list[tuple[str, CellValue, str]]:
    facts: list[tuple[str, CellValue, str]] = [(_("Customers"), customer_count(db), "count")]
    if summary.has_money:
        total = sum(level.money for level in summary.levels)
        facts += [
            (_("With purchases"), sum(level.customers for level in summary.levels), "count"),
            (_("Without a tier"), summary.without_tier, "count"),
            (_("Money"), total, "money"),
        ]
    else:
        with_phone, contacted = reach_counts(db)
        facts += [(_("With a phone"), with_phone, "count"), (_("Contacted so far"), contacted, "count")]
    return facts


def _shares(db: Database) -> list[tuple[str, list[tuple[str, int]]]]:
    """What a list without money can be counted by: where the customers are, how likely they are to buy."""
    found = insight(db)
    shares = []
    if len(found.intents) > 1:
        shares.append((_("Intent"), [(label("intent", row.value), row.customers) for row in found.intents]))
    if len(found.regions) > 1:
        shares.append((_("Region"), [(row.value, row.customers) for row in found.regions[:REGIONS]]))
    return shares


def _tier_sections(db: Database, summary: TierSummary, progress: Progress) -> Iterator[Section]:
    for level in summary.levels:
        if level.customers:
            name = _("Tier {tier}").format(tier=level.tier)
            yield _section(db, name, CustomerQuery(tiers=(level.tier,), sort=(("order_total", True),)), progress)
    if summary.without_tier:
        yield _section(db, _("No tier"), CustomerQuery(tiers=("",)), progress)


def _everybody(db: Database, progress: Progress) -> Section:
    from crmdesk.excel.report import Section

    columns = list_columns(db)
    keys = [column.key for column in columns if column.key != "completeness"]
    headers = {column.key: column.header for column in columns}
    ids = customer_ids(db, CustomerQuery())
    return Section(label("table", "customers"), sheet_columns(keys, headers), _rows(db, ids, keys, progress))


def _section(db: Database, name: str, query: CustomerQuery, progress: Progress) -> Section:
    from crmdesk.excel.report import Section

    present = {column.key for column in list_columns(db)}
    keys = [key for key in FIRST if key in present] + list(FIGURES) + list(LAST)
    return Section(name, sheet_columns(keys), _rows(db, customer_ids(db, query), keys, progress))


def _rows(db: Database, ids: Sequence[int], keys: Sequence[str], progress: Progress) -> Iterator[list[CellValue]]:
    for count, record in enumerate(in_order(db, ids)):
        if count % 500 == 0:
            progress.report("writing", count, len(ids))
        yield [customer_value(record, key) for key in keys]
