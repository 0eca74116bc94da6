"""What could not be read in a sheet, why a row was skipped, why a sheet was left out."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

ISSUES: Final[dict[str, str]] = {
    # Cells of any kind
    "cell_error": translatable('"{value}" is an error of the spreadsheet, not a value. Left empty.'),
    "formula_without_result": translatable(
        "This formula has no stored result. Open the sheet in Excel or WPS, save it, and import it again. Left empty."
    ),
    "cell_too_long": translatable("The text has {count} characters, too many to be understood. Left empty."),
    "nothing_above": translatable('"{value}" points to the row above, but nothing stands there.'),
    "row_too_long": translatable(
        "This row has more cells than the table ({value}): a comma may have parted one. Please check its columns."
    ),
    # Names
    "name_unreadable": translatable('"{value}" cannot be a name.'),
    "name_only_address": translatable('"{value}" is only a form of address. The phone\'s last digits tell them apart.'),
    "name_masked": translatable('"{value}" hides a part: people who share it look like one. Taken as it stands.'),
    "name_only_digits": translatable('The name "{value}" is only digits. Taken as it stands.'),
    "name_first_word": translatable('In "{value}", the first word was taken for the name.'),
    "name_two": translatable('"{value}" looks like two names. Taken as one.'),
    "name_from_contact": translatable("No customer name in this row. Took the contact's: {value}."),
    "name_from_above": translatable("No company in this row. Took the one above it: {value}."),
    # Phones
    "phone_digits": translatable('"{value}" has {count} digits and is no number of known form. Taken as it stands.'),
    "phone_digits_lost": translatable('The digits of "{value}" are lost. Left empty.'),
    "phone_too_long": translatable('"{value}" has {count} digits, too many for a phone. Left empty.'),
    "phone_zero_added": translatable('"{value}" reads like a landline that lost its first 0. The 0 was added.'),
    "phone_letters": translatable('Letters in "{value}" were taken for the digits they look like. Please check.'),
    "phone_part_unread": translatable('In "{value}", "{part}" was not understood; the rest was.'),
    "phone_no_number": translatable('There is no phone number in "{value}".'),
    "phone_is_wechat": translatable('"{value}" is no phone number. Taken as a WeChat id.'),
    "wechat_without_phone": translatable("WeChat is said to be the phone number, but there is none."),
    "mail_unreadable": translatable('"{value}" is no e-mail address and no QQ number.'),
    "mail_part_unread": translatable('In "{value}", "{part}" was not understood; the rest was.'),
    "tier_end_unknown": translatable('The tiers in "{value}" are numbers; whether 1 is the best is not said.'),
    "tier_beyond": translatable('"{value}" is beyond the {most} levels of this column. Taken as it stands.'),
    # Days and times
    "date_unreadable": translatable('"{value}" cannot be read as a date.'),
    "date_impossible": translatable("There is no such day: {value}."),
    "date_zero": translatable("The date is 0. Left empty."),
    "date_lunar": translatable('"{value}" is a day of the lunar calendar: {day} by ours.'),
    "date_dot_lost": translatable('"{value}" may stand for the 1st or the 10th, the 2nd or the 20th. Left empty.'),
    "date_year_only": translatable('"{value}" is only a year. Left empty.'),
    "date_month_only": translatable('"{value}" names no day. Where a day is needed, the 1st was taken.'),
    "date_about": translatable('"{value}" is about a day; the nearest one was taken.'),
    "date_relative": translatable('"{value}" depends on the day it was written. Left empty.'),
    "date_relative_year": translatable('"{value}" counts from the year it was written in. Took {year}.'),
    "date_two": translatable('"{value}" holds more than one date. Left empty.'),
    "date_without_year": translatable('"{value}" has no year, and nothing else in the sheet tells it. Left empty.'),
    "date_year_assumed": translatable('"{value}" has no year. Took {year}, as elsewhere in the sheet.'),
    "date_order_ambiguous": translatable('"{value}" can be read with the day or with the month first. Please check.'),
    "date_future": translatable('"{value}" lies in the future.'),
    "date_very_old": translatable('"{value}" lies very far back.'),
    "lunar_leap": translatable('"{value}" is in a leap month. Kept as the ordinary month.'),
    "time_unreadable": translatable('"{value}" is no time of day.'),
    # Amounts and numbers
    "amount_unreadable": translatable('"{value}" cannot be read as an amount. Left empty.'),
    "amount_unit_asked": translatable('Nothing says for sure whether "{value}" is in yuan or in units of 10,000 yuan.'),
    "amount_about": translatable('"{value}" is not exact. The number was taken.'),
    "amount_range": translatable('"{value}" is a range. Left empty.'),
    "amount_grouping": translatable('The commas and points in "{value}" can mean two things. Left empty.'),
    "amount_currency": translatable('"{value}" is in another currency. The number was taken as it stands.'),
    "amount_too_large": translatable('"{value}" is too large for an amount. Left empty.'),
    "amount_unit_doubtful": translatable(
        'The column is in units of {unit}, but "{value}" looks like plain yuan. Left empty.'
    ),
    "quantity_unreadable": translatable('"{value}" cannot be read as a number. Left empty.'),
    "quantity_about": translatable('"{value}" is no exact number. Taken as it stands.'),
    "quantity_currency": translatable('"{value}" looks like money, not like a quantity.'),
    "count_fraction": translatable('"{value}" should be a whole number. Left empty.'),
    "discount_asked": translatable('Nothing says whether "{value}" is what is paid or what is taken off.'),
    "discount_unreadable": translatable('"{value}" cannot be read as a discount.'),
    "id_digits_lost": translatable(
        '"{value}" has more than 15 digits, so the spreadsheet destroyed its end. Left empty.'
    ),
    "digits_lost": translatable(
        'The spreadsheet destroyed the end of "{value}": a number that long must be typed as text. Kept as it stands.'
    ),
    # Words
    "region_unknown": translatable('"{value}" is no place that is known. Kept as text.'),
    "region_part_unknown": translatable('"{part}" is not known there. Taken as it stands.'),
    "region_ambiguous": translatable("There are several places called {value}. Kept as text."),
    "intent_unknown": translatable('"{value}" is neither high, medium nor low. Kept as text.'),
    "referrer_unknown": translatable('"{value}" is no customer that is known. Kept as text.'),
    "referrer_several": translatable('{count} customers may be meant by "{value}". Kept as text.'),
    "kind_unknown": translatable('"{value}" is neither a company nor a person. Kept as text.'),
    "boolean_unreadable": translatable('"{value}" is neither yes nor no.'),
    "photo_unreadable": translatable("A cell holds no photo that can be kept; address cards bring them."),
    "way_unknown": translatable('"{value}" is no way of contact that is known. Taken as a note.'),
    # Why a row was skipped
    "left_out_by_you": translatable("You left this row out."),
    "total_row": translatable("A total, not a customer."),
    "title": translatable("A title."),
    "header": translatable("The first line of the header."),
    "note": translatable("A remark beside the table."),
    "section": translatable("The heading of a section."),
    "repeated_header": translatable("The header once more."),
    "hidden_row": translatable("Hidden in the sheet."),
    "only_row_number": translatable("Nothing but a row number."),
    "card_group": translatable("A group of cards, nobody by itself."),
    "card_empty": translatable("A card without a name, a company or a way to reach anyone."),
    # Why a sheet was left out
    "sheet_blank": translatable("There is nothing in this sheet."),
    "sheet_goods": translatable("A list of goods; it names no customers."),
    "sheet_returns": translatable("A list of returns; it names orders, but no customers."),
    "sheet_orders_without_customer": translatable("Purchases, but no column says whose."),
    "sheet_dictionary": translatable("A list of words without customers."),
    "sheet_text": translatable("Text, not a table of customers."),
    "sheet_without_customer": translatable("No column names a customer."),
}
