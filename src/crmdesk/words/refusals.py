"""What cannot be done: what happened, what is safe, what to do. A section per room."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

REFUSALS: Final[dict[str, str]] = {
    # Reading sheets
    "file_missing": translatable("{file} is not there any more. Nothing was read; choose the file again."),
    "file_unreadable": translatable(
        "{file} cannot be opened ({why}). Nothing was read; close it in other programs, or copy it "
        "elsewhere and try again."
    ),
    "file_empty": translatable("{file} is empty. There is nothing to read in it."),
    "file_too_large": translatable(
        "{file} is {megabytes} MB, more than a sheet should be. Nothing was read; split it and import the parts."
    ),
    "file_damaged": translatable(
        "{file} is damaged and cannot be read. Your data is unchanged; open it in Excel or WPS, save it "
        "as a new .xlsx and try again."
    ),
    "not_a_sheet": translatable(
        "{file} is no sheet that can be read. Nothing was read; save it as .xlsx or .csv in the program it comes from."
    ),
    "archive_of_files": translatable(
        "{file} is an archive. Nothing was read; unpack it and choose the sheets in it, several at a time if you like."
    ),
    "folder_without_sheets": translatable("There is no sheet in the folder {file}. Nothing was read."),
    "archive_with_password": translatable(
        "The archive {file} has a password. Nothing was read; unpack it and choose the folder."
    ),
    "rule_unreadable": translatable('"{rule}" is no rule. Write COLUMN=field or COLUMN:option=value.'),
    "rule_no_column": translatable('No sheet has a column "{column}". There are: {columns}.'),
    "rule_no_field": translatable('There is no field "{field}". There are: {fields}.'),
    "rule_no_option": translatable('"{rule}" does not say what {option} can be.'),
    "no_table": translatable(
        "{file} holds no table. Nothing was read; check that the rows are on a sheet and not in a picture or text box."
    ),
    "password_protected": translatable(
        "{file} is password-protected. Give the password, or open it in Excel and save it without one."
    ),
    "wrong_password": translatable(
        "This is not the password of {file}. Nothing was read; try again, or save it in Excel without a password."
    ),
    "sheet_with_doctype": translatable(
        "{file} contains instructions (a DTD) that no sheet needs and that can do harm, so it was not "
        "read. Open it in Excel, save it as a new .xlsx and try again."
    ),
    "sheet_too_many_parts": translatable(
        "{file} is made of {count} parts, far more than a sheet needs, so it was not read. Save it as a "
        "new .xlsx and try again."
    ),
    "sheet_unpacks_too_large": translatable(
        "{file} would unpack to {megabytes} MB, so it was not read. Split it, or save only the sheet "
        "with customers as a new .xlsx."
    ),
    "sheet_needs_too_much_memory": translatable(
        "{file} needs more memory than a sheet should, so reading was stopped. Your data is unchanged; "
        "split it and import the parts."
    ),
    "reader_died": translatable(
        "{file} brought the reader down, so nothing was read of it. Your data is unchanged; open it in "
        "Excel or WPS, save it as a new .xlsx and try again."
    ),
    "reader_failed": translatable(
        "{file} could not be understood. Your data is unchanged; open it in Excel or WPS, save it as a "
        "new .xlsx and try again."
    ),
    "reading_too_slow": translatable(
        "{file} took too long to read, so reading was stopped. Your data is unchanged; save it as a new "
        ".xlsx, or split it, and try again."
    ),
    "sheet_hidden": translatable('Sheet "{sheet}" is hidden in the workbook and was left out.'),
    "sheet_empty": translatable('Sheet "{sheet}" has no rows.'),
    "sheet_broken": translatable('Sheet "{sheet}" is damaged and was left out; the others were read.'),
    "columns_cut": translatable("{count} columns beyond the {limit}th were left out."),
    "headings_told": translatable("Headings between the rows ({text}) tell where or when the rows below them belong."),
    "sheet_name_told": translatable("The sheet's name ({text}) tells where or when its rows belong."),
    "sheet_name_unsure": translatable(
        "The sheet's name ({text}) may be a day or not. No day was taken from it; its purchases have none."
    ),
    "thousands_joined": translatable(
        "In {count} rows a comma had parted a number; it was put together again, first in row {row}: {text}."
    ),
    "table_below": translatable("Another table begins in row {row}; it is listed by itself."),
    "currency_told": translatable("{column} is in {currency}; the numbers were taken as they stand."),
    "hidden_rows": translatable("{count} hidden rows were left out; show them in Excel if they belong to the list."),
    "card_photos_left": translatable(
        "{count} photos stay behind: too large, on the net, or no picture. Everything else comes along."
    ),
    "card_cut": translatable("The last card breaks off; what stands of it was read."),
    # Importing sheets
    "differs": translatable('The sheet says "{value}", your file has "{old}"; your file stays as it is.'),
    "ambiguous_name": translatable(
        'Several customers are called "{value}" and nothing else tells them apart; this row was left out.'
    ),
    "ambiguous_phone": translatable("{value} belongs to several customers and the row has no name; it was left out."),
    "joined_by_name": translatable('Taken as your customer "{value}", the only one of that name.'),
    "same_name": translatable(
        'Another customer is called "{value}" too; without code, phone or address they stay two customers.'
    ),
    "shared_phone": translatable("{value} also belongs to {other}; they stay two customers."),
    "unknown_customer": translatable("No customer has the code {value}; one with only this code was made."),
    "amount_worked_out": translatable("The amount is empty; pieces times price was taken."),
    "no_customer": translatable("no customer in this row"),
    "sheet_left_out": translatable("You left this sheet out."),
    "problems_are_xlsx": translatable("The marked copy is a workbook: its name ends in .xlsx, and {path} does not."),
    "problems_into_the_sheet": translatable(
        "{path} is the sheet itself, and it stays as it is. Give the marked copy another name."
    ),
    "returns_unclear": translatable(
        "Order {value} stands {count} times in your orders; the return was not applied, for it cannot be told which."
    ),
    "returns_unknown": translatable("There is no order {value} in your file; the return was not applied."),
    "returns_not_applied": translatable(
        "The returns were not applied: {count} order numbers do not stand for one order of your file."
    ),
    "no_return": translatable("no return in this row"),
    "returns_held": translatable("Not applied, for other returns of this sheet are unclear."),
    # The file
    "data_missing": translatable(
        "{file} is not in {folder} any more. Nothing was made in its place; find it, or restore a backup."
    ),
    "data_unreadable": translatable(
        "{file} cannot be opened ({why}). It is unchanged; check the folder and try again."
    ),
    "data_damaged": translatable("{file} is damaged. Nothing was written to it; restore the last good backup."),
    "data_foreign": translatable("{file} belongs to another program. It is unchanged; choose a .crmdesk file."),
    "data_exists": translatable("{file} is in {folder} already. It is unchanged; open it, or choose another name."),
    "view_exists": translatable("There is a view called {view} already. Nothing was changed; choose another name."),
    "data_newer": translatable(
        "{file} was written by a newer version. You can read it; to change it, update this program."
    ),
    "data_older": translatable("{file} must be brought up to date first. It is unchanged; open it once for writing."),
    "migration_failed": translatable(
        "{file} could not be brought up to date. It is as it was; keep using the older program."
    ),
    "data_protected": translatable("{file} is write-protected. You can read it; to change it, lift the protection."),
    "data_held": translatable(
        "{file} is open on {host} by {user} since {since}. You can read it; to change it, close it there."
    ),
    "data_gone": translatable(
        "{file} is not at its place any more. This change was not saved; back up now, then look where it went."
    ),
    "data_replaced": translatable(
        "Another file was put in the place of {file}. This change was not saved; back up now, then open the file again."
    ),
    "data_changed": translatable(
        "{file} was changed by something else. This change was not saved; open the file again."
    ),
    "data_read_only": translatable(
        "{file} is write-protected. This change was not saved; lift the protection, or copy the file elsewhere."
    ),
    "opened_read_only": translatable("This file is open for reading only. Nothing was changed."),
    "folder_not_writable": translatable("Nothing can be saved in {folder}. Choose another folder."),
    "folder_read_only": translatable(
        "Nothing can be saved in {folder}, so {file} can only be read. To change it, copy it elsewhere."
    ),
    "file_busy": translatable(
        "{file} is being saved or read by something else just now. Nothing was changed; try again in a moment."
    ),
    "disk_full": translatable(
        "The disk is full. This change was not saved, everything before it is safe; make room and try again."
    ),
    "disk_error": translatable(
        "The disk reports an error at {file}. This change was not saved; back up to another disk."
    ),
    "password_needed": translatable("{file} is locked with a password."),
    "password_wrong": translatable("This is not the password of {file}. It is unchanged; try again."),
    "password_empty": translatable("No password was given. Nothing was changed."),
    "passwords_differ": translatable("The two passwords differ. Nothing was changed; type them again."),
    "password_not_changed": translatable(
        "What was written under the new password did not read back the same. {file} is as it was; try again."
    ),
    "nothing_readable": translatable(
        "Nothing can be read in {file} any more. It is unchanged; look for a backup of it."
    ),
    "salvage_stopped": translatable(
        "Taking over what is readable in {file} stopped half-way. It is unchanged; try again."
    ),
    "step_unknown": translatable("This step is not in the history of the file."),
    "step_undone": translatable("This step has been taken back already."),
    "step_not_undoable": translatable("This step is the program's own and cannot be taken back."),
    "backup_unsound": translatable(
        "The backup {file} is damaged and was not used. Your file is unchanged; choose another one."
    ),
    "backup_failed": translatable("The backup could not be written to {folder} ({why}). Your file is unchanged."),
    "restore_failed": translatable(
        "{file} could not be replaced ({why}). It is as it was; close it in other programs and try again."
    ),
    "journal_broken": translatable(
        "The history in {file} was changed from outside. The customers can be read; compare them with a backup."
    ),
    # tiers and today
    "bad_as_of": translatable('"{value}" is no day. Write today, last-order or a day like 2026-11-22.'),
    "no_such_policy": translatable('There are no ready rules called "{value}". crmdesk policy list names them.'),
    "no_such_column": translatable('There is no column "{value}" in this list. There are: {known}'),
    "no_such_chart": translatable('There is no chart "{value}" of these data. crmdesk insight names those there are.'),
    "bad_policy": translatable("These rules make no sense ({why}). Nothing was changed."),
    "no_such_talk": translatable("What was said there is no longer noted. Nothing was changed."),
    "no_such_case": translatable("This complaint is no longer there. Nothing was changed."),
    "no_such_estimate": translatable('"{value}" is no estimate that crmdesk keeps. Nothing was changed.'),
    # exports and the command line
    "cannot_write": translatable("{path} could not be written ({why}). Nothing was lost; choose another place."),
    "cannot_print": translatable("The printer takes no pages. See that it is on and connected, then print again."),
    "unknown_ending": translatable("{path} ends in neither .xlsx nor .csv. Nothing was written; choose one of them."),
    "import_needs_yes": translatable("Nothing was imported: add --yes to import, or --dry-run to see what would be."),
    "bad_today": translatable(
        'CRMDESK_TODAY is "{value}", which is no day. Give one like 2026-11-22, or leave it out.'
    ),
    "stopped": translatable("Stopped. What was not finished was not kept."),
    "report_is_xlsx": translatable("{path} does not end in .xlsx. Nothing was written; a report is a workbook."),
    "no_backup": translatable("There is no verified backup of {file} on this computer. The file was left as it is."),
    # the window
    "unexpected": translatable(
        "Something went wrong ({kind}). What was saved before is safe; try again, and start crmdesk anew if it stays."
    ),
    # customers and what belongs to them
    "name_missing": translatable("A customer needs a name. Nothing was changed; write one down."),
    "merge_with_itself": translatable("This is one and the same customer. Nothing was changed; name two."),
    "no_such_customer": translatable("This customer is no longer in the file. Nothing was changed; look in the bin."),
    "no_such_follow_up": translatable("This follow-up is no longer in the file. Nothing was changed."),
    "no_such_interaction": translatable("This log entry is no longer in the file. Nothing was changed."),
    "no_such_loss": translatable('There is no reason "{value}" for leaving. Nothing was changed.'),
    "no_such_order": translatable("This order is no longer in the file. Nothing was changed."),
    "no_such_receipt": translatable("This receipt is no longer in the file. Nothing was changed."),
    "row_moved_on": translatable(
        "{name} was changed in the meantime. Your entry was not saved; look at it again and save once more."
    ),
}
