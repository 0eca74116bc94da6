"""`crmdesk export customers --template`: customers in a table of somebody's own."""

from __future__ import annotations

from argparse import Namespace

from crmdesk.cli.opened import opened
from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.i18n import _, current_language, language
from crmdesk.progress import Progress


def export_in_template(options: Namespace, clock: Clock) -> int:
    """The table is a workbook, or the name of one that is remembered in the file."""
    from crmdesk.operations import sheet_templates

    if options.what != "customers":
        raise Refused("only_customers_in_template")
    with language(options.language or current_language()), opened(options.file, clock, read_only=True) as db:
        if options.template.exists() or options.template.suffix:
            template = sheet_templates.recognise(db, options.template, Progress())
        else:
            template = sheet_templates.kept(db, str(options.template))
        count = sheet_templates.fill(db, template, options.to, Progress())
    print(_("{count} rows written to {path}").format(count=count, path=options.to))
    empty = [column.header for column in template.columns if not column.key]
    if empty:
        print(_("Left empty, for nothing here goes into them: {columns}").format(columns=_(", ").join(empty)))
    return 0
