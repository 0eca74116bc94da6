"""What is said about a table of somebody's own that is filled with customers."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

SHEET_TEMPLATES: Final[dict[str, str]] = {
    "keep_sheet_template": translatable("remember the table {name}"),
    # What is refused
    "template_no_header": translatable(
        "In {file} no row was found that names columns like name or phone. Nothing was written; give the table headers."
    ),
    "template_needs_xlsx": translatable(
        "{file} is no .xlsx workbook. Nothing was written; open it in Excel or WPS and save it as .xlsx."
    ),
    "template_too_large": translatable(
        "{file} is larger than a table to fill may be (2 MB). Nothing was written; take out pictures and old rows."
    ),
    "template_unreadable": translatable(
        "{file} could not be opened for filling. Nothing was written; save it anew in Excel or WPS and try again."
    ),
    "template_is_target": translatable(
        "{file} is the table itself. It was left as it is; give the filled one another name."
    ),
    "template_too_many": translatable(
        "{count} customers are too many for a table of somebody's own. Nothing was written; export the list instead."
    ),
    "no_such_template": translatable('There is no table "{name}" here. Nothing was written; choose the file itself.'),
    "only_customers_in_template": translatable(
        "Only customers can be filled into a table of somebody's own. Nothing was written."
    ),
}
