"""What may stand on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from crmdesk.cli.listing import add_filters
from crmdesk.cli.spoken_parser import OneSentenceParser
from crmdesk.domain.existing import MatchKey
from crmdesk.i18n import LANGUAGES, _

LISTS = (
    *("customers", "contacts", "orders", "interactions", "follow-ups"),
    *("win-backs", "renewals", "satisfaction", "gifts", "offers", "improvements"),
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; its result holds `command` and the options under their long names."""
    parser = OneSentenceParser(prog="crmdesk", description=_("Your customers, offline, from your own sheet"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    _add_window_commands(commands)
    _add_import(commands)
    _add_reading_commands(commands)
    _add_writing_commands(commands)
    _add_apply(commands)
    _add_care_commands(commands)
    _add_plan(commands)
    _add_duplicates(commands)
    _add_forecast(commands)
    _add_look_alike(commands)
    return parser


if TYPE_CHECKING:
    from datetime import date

    Commands = argparse._SubParsersAction[OneSentenceParser]


def _command(commands: Commands, name: str, text: str, *, file: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    if file:
        parser.add_argument("--file", type=Path, required=True, metavar="F", help=_("the .crmdesk file"))
    return parser


def _json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _as_of(parser: argparse.ArgumentParser) -> None:
    text = _("the day the figures are of: a date, last-order or today")
    parser.add_argument("--as-of", type=_as_of_value, default="auto", metavar="DATE|last-order|today", help=text)


def _as_of_value(text: str) -> str:
    from datetime import date

    try:
        return text if text in ("auto", "last-order", "today") else date.fromisoformat(text).isoformat()
    except ValueError:
        told = _('"{value}" is no day. Write today, last-order or a day like 2026-11-22.').format(value=text)
        raise argparse.ArgumentTypeError(told) from None


def _language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", choices=LANGUAGES, help=_("the language of the result"))


def _size(text: str) -> tuple[int, int]:
    width, _cross, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        told = _('"{value}" is no size. Write width and height like 1280x800.').format(value=text)
        raise argparse.ArgumentTypeError(told)
    return int(width), int(height)


def _add_window_commands(commands: Commands) -> None:
    demo = _command(commands, "demo", _("try it with sample data"), file=False)
    demo.add_argument("--out", type=Path, metavar="DIR", help=_("where pictures and report go"))
    pictures = _command(commands, "pictures", _("save every page as a picture"))
    pictures.add_argument("--out", type=Path, required=True, metavar="DIR")
    _language(pictures)
    pictures.add_argument("--theme", choices=("light", "dark"), default="light")
    pictures.add_argument("--size", type=_size, default=(1280, 800), metavar="1280x800")


def _add_import(commands: Commands) -> None:
    sheets = _command(commands, "import", _("take in customer and order sheets"))
    sheets.add_argument("sheets", type=Path, nargs="+", metavar="SHEET")
    way = sheets.add_mutually_exclusive_group()
    way.add_argument("--yes", action="store_true", help=_("import without asking"))
    way.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    _as_of(sheets)
    sheets.add_argument(
        "--profile", default="", metavar="NAME", help=_("read the sheets as decided under this name, and keep it")
    )
    sheets.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="COLUMN=FIELD",
        help=_(
            "say what a column is (Tel=phone), how it is meant (Total:unit=10000) or what becomes of values "
            "that are there (Notes:existing=fill|newer|replace|append); as often as needed"
        ),
    )
    sheets.add_argument(
        "--problems-to", type=Path, metavar="X.xlsx", help=_("save a copy with the faulty cells marked and explained")
    )
    sheets.add_argument(
        "--key",
        choices=[key.value for key in MatchKey],
        default="",
        help=_("what these sheets know a customer by; remembered for their headers"),
    )
    sheets.add_argument("--proposals", action="store_true", help=_("also print the appointments that notes name"))
    _json(sheets)


def _add_reading_commands(commands: Commands) -> None:
    rows = _command(commands, "list", _("print what is in the file"))
    rows.add_argument("what", choices=LISTS)
    add_filters(rows)
    _json(rows)
    tiers = _command(commands, "tiers", _("work out tiers and stages again and print them"))
    _as_of(tiers)
    way = tiers.add_mutually_exclusive_group()
    way.add_argument("--changes", metavar="DAY", type=_day, help=_("who moved since a day, and why"))
    way.add_argument("--attention", action="store_true", help=_("attention against value, rising stars, losses"))
    _json(tiers)
    card = _command(commands, "passport", _("print why a customer has its tier, and what would change it"))
    card.add_argument("customer", type=int, metavar="ID", help=_("the customer's id"))
    card.add_argument("--others", action="store_true", help=_("and the tier that other ready rules would give"))
    _json(card)
    _add_policy(commands)
    _json(_command(commands, "today", _("print whom to contact today, and why")))
    charts = _command(commands, "insight", _("print what it adds up to: the charts that the data allow"))
    charts.add_argument("chart", nargs="?", default="", metavar="CHART", help=_("one of them, with its rows"))
    _json(charts)


def _add_policy(commands: Commands) -> None:
    rules = _command(commands, "policy", _("print, try out and apply the rules that give tiers"))
    rules.add_argument("what", choices=("list", "show", "preview", "apply", "compare", "drift"))
    rules.add_argument("policy", nargs="?", default="", metavar="NAME", help=_("ready rules; those in force without"))
    rules.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=JSON",
        help=_("change one value of the rules (window=365); as often as needed"),
    )
    _json(rules)


def _add_writing_commands(commands: Commands) -> None:
    report = _command(commands, "report", _("write a report as a workbook"))
    report.add_argument("what", choices=("tiers",))
    report.add_argument("--to", type=Path, required=True, metavar="R.xlsx")
    _language(report)
    export = _command(commands, "export", _("write a list as a workbook or as CSV"))
    export.add_argument("what", choices=("customers", "orders"))
    export.add_argument("--to", type=Path, required=True, metavar="X.xlsx|X.csv|X.vcf")
    way = export.add_mutually_exclusive_group()
    way.add_argument(
        "--for-editing", action="store_true", help=_("as a workbook to edit and take back with crmdesk apply")
    )
    way.add_argument(
        "--template", type=Path, metavar="T.xlsx", help=_("fill a copy of this table of your own, or a remembered one")
    )
    _language(export)


def _add_apply(commands: Commands) -> None:
    edits = _command(commands, "apply", _("take back a workbook that was exported for editing"))
    edits.add_argument("workbook", type=Path, metavar="X.xlsx")
    way = edits.add_mutually_exclusive_group()
    way.add_argument("--yes", action="store_true", help=_("take the edits in without asking"))
    way.add_argument("--dry-run", action="store_true", help=_("only say what differs"))
    edits.add_argument("--with-conflicts", action="store_true", help=_("also where both sides changed"))
    edits.add_argument("--with-deletions", action="store_true", help=_("also delete customers whose row is gone"))
    _json(edits)


def _add_care_commands(commands: Commands) -> None:
    undo = _command(commands, "undo", _("take back the last step"))
    undo.add_argument(
        "--import",
        dest="imported",
        metavar="last|SHEET|ID",
        help=_("an import instead, also days later: the last, the last of this sheet, or by its id"),
    )
    _command(commands, "redo", _("do again what was taken back"))
    _json(_command(commands, "history", _("print the steps, the newest first")))
    _json(_command(commands, "imports", _("print the imports and what each brought")))
    _command(commands, "backup", _("make a verified backup"))
    restore = _command(commands, "restore", _("get the file back from a backup"))
    restore.add_argument("--backup", type=Path, metavar="B", help=_("which backup; the newest one without this"))
    restore.add_argument(
        "--salvage", action="store_true", help=_("take what is readable in a damaged file into a new one instead")
    )
    restore.add_argument("--to", type=Path, metavar="NEW", help=_("with --salvage: where the new file goes"))
    _json(restore)
    password = _command(commands, "password", _("set, change or take off the file's password; it is asked for"))
    password.add_argument("--remove", action="store_true", help=_("take the password off"))
    _command(commands, "check", _("check that the file is sound"))


def _add_plan(commands: Commands) -> None:
    plan = _command(commands, "plan", _("print, start and steer nurture plans"))
    plan.add_argument("what", choices=("list", "runs", "start", "pause", "resume", "end"))
    plan.add_argument("plan", nargs="?", default="", metavar="NAME", help=_("which plan to start"))
    plan.add_argument("--customer", type=int, action="append", default=[], metavar="ID", help=_("with this customer"))
    plan.add_argument("--view", default="", metavar="VIEW", help=_("with the customers of a saved view"))
    add_filters(plan)
    _json(plan)


def _add_duplicates(commands: Commands) -> None:
    _json(_command(commands, "duplicates", _("print the customers that look like one, and why")))
    merging = _command(commands, "merge", _("make two customers one, with everything that belongs to either"))
    merging.add_argument("keep", type=int, metavar="KEEP", help=_("the id of the customer that stays"))
    merging.add_argument("other", type=int, metavar="OTHER", help=_("the id of the one that goes into it"))


def _add_forecast(commands: Commands) -> None:
    ahead = _command(commands, "forecast", _("print what the known customers will still order, tried out first"))
    ahead.add_argument("--until", type=_day, metavar="DATE", help=_("take orders up to this day only"))
    ahead.add_argument("--unit", choices=("day", "week"), default="day", help=_("what times are counted in"))
    ahead.add_argument("--model", choices=("mbg", "bg"), default="mbg", help=_("how customers are thought to leave"))
    ahead.add_argument("--anyway", action="store_true", help=_("also where the data are too few"))
    _json(ahead)


def _add_look_alike(commands: Commands) -> None:
    alike = _command(commands, "look-alike", _("print the past customers most like one, and what they did"))
    alike.add_argument("customer", type=int, metavar="ID", help=_("the id of a customer"))
    _json(alike)
    _json(_command(commands, "proof", _("print which noted facts go with coming again")))
    _json(_command(commands, "sources", _("print what each source brought, and referrals against the rest")))
    _json(_command(commands, "funnel", _("print how many get to the first order, and how long it takes")))


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        told = _('"{value}" is no day. Write a day like 2026-11-22.').format(value=text)
        raise argparse.ArgumentTypeError(told) from None
