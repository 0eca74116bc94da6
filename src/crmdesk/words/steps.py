"""The names of steps, as the undo menu, the history and the toast say them. Every builder of a step adds its own."""

from __future__ import annotations

from typing import Final

from crmdesk.i18n import translatable

STEPS: Final[dict[str, str]] = {
    "nothing": translatable("nothing"),
    # customers
    "add_customer": translatable("add {name}"),
    "edit_customer": translatable("edit {name}"),
    "delete_customer": translatable("delete {name}"),
    "delete_customers": translatable("delete {count} customers"),
    "set_tier": translatable("make {name} tier {new_tier}"),
    "clear_tier": translatable("let the rules decide the tier of {name}"),
    "lock_stage": translatable("make {name} {new_stage}"),
    "unlock_stage": translatable("let the rhythm decide the stage of {name}"),
    "merge_customers": translatable("merge {other} into {name}"),
    "not_same": translatable("tell {name} and {other} apart"),
    # interactions and follow-ups
    "log_interaction": translatable("log {name}"),
    "edit_interaction": translatable("edit the log of {name}"),
    "delete_interaction": translatable("delete a log entry of {name}"),
    "add_follow_up": translatable("set a follow-up for {name}"),
    "complete_follow_up": translatable("complete the follow-up of {name}"),
    "complete_many": translatable("complete {count} follow-ups"),
    "delete_follow_up": translatable("delete the follow-up of {name}"),
    "delete_follow_ups": translatable("delete {count} follow-ups"),
    "reschedule": translatable("reschedule {name}"),
    "reschedule_many": translatable("reschedule {count} follow-ups"),
    "spread_evenly": translatable("spread {count} follow-ups evenly"),
    "stop_following": translatable("stop following {name}"),
    "stop_following_many": translatable("stop following {count} customers"),
    "follow_again": translatable("follow {name} again"),
    "triage": translatable("run through {name}"),
    # orders and receipts
    "add_order": translatable("add an order of {name}"),
    "edit_order": translatable("edit an order of {name}"),
    "delete_order": translatable("delete an order of {name}"),
    "add_receipt": translatable("add a receipt of {name}"),
    "edit_receipt": translatable("edit a receipt of {name}"),
    "delete_receipt": translatable("delete a receipt of {name}"),
    # import
    "import_sheets": translatable("import {file}"),
    "add_proposed": translatable("set {count} follow-ups that notes ask for"),
    "remember_sheets": translatable("remember how the sheets are read"),
    # tiers and today
    "recompute_tiers": translatable("work out the tiers anew"),
    "apply_policy": translatable("change the tier rules"),
    "set_review": translatable("look at the tier rules again on {review_on}"),
    "estimate": translatable("note what {name} could buy"),
    "estimate_many": translatable("note what {count} customers could buy"),
    "note_loss": translatable("note why {name} left"),
    "note_loss_many": translatable("note why {count} customers left"),
    "waive_exclusion": translatable("let {name} be a key account all the same"),
    "open_case": translatable("note a complaint of {name}"),
    "close_case": translatable("close a complaint of {name}"),
    "report_made": translatable("note that a tier report was made"),
    "plan_ahead": translatable("plan {count} contacts"),
    "keep_layout": translatable("arrange the columns"),
    "save_view": translatable("save the view {view}"),
    "change_view": translatable("change the view {view}"),
    "rename_view": translatable("rename the view {view} to {new}"),
    "delete_view": translatable("delete the view {view}"),
    "note_talks": translatable("note the talks with {name}"),
    "change_talk": translatable("change a talk with {name}"),
    "delete_talk": translatable("delete a talk with {name}"),
    "log_notes": translatable("log {count} notes"),
    "replan": translatable("re-plan {count} follow-ups"),
    # the file
    "daily_run": translatable("bring the figures up to today"),
    "salvage": translatable("take over what was readable in {file}"),
    # what an undo left alone
    "kept_row": translatable("{name} stays: it was changed or used since"),
    "kept_field": translatable("{name} keeps its newer {field}"),
    "kept_more": translatable("{count} more"),
}
