"""Appointments in the notes of a sheet: proposed with their sentence, kept only where the user says so."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.operations import follow_ups, history
from crmdesk.operations.importing import import_preview, preview_sheets
from crmdesk.operations.importing_proposals import accept_proposals

LEADS = (
    "姓名,电话,备注\n王姐,13800138000,对价格敏感。预约29号\n老李,13900139000,最高五万\n赵总,13700137000,下周三回访\n"
)


@pytest.fixture
def bring(tmp_path, database):
    def run(text, name="线索.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        with preview_sheets(database, [path]) as preview:
            return preview, import_preview(database, preview)

    return run


def test_notes_that_name_a_day_are_proposed_and_nothing_is_kept(database, bring):
    preview, summary = bring(LEADS)
    told = [(one.name, one.due_on, one.sentence) for one in summary.proposals]
    assert told == [("赵总", date(2026, 11, 25), "下周三回访"), ("王姐", date(2026, 11, 29), "预约29号")]
    assert [one.sentence for one in preview.proposals] == ["下周三回访", "预约29号"]
    assert all(one.customer for one in summary.proposals)
    assert follow_ups.list_follow_ups(database, "all") == []


def test_what_the_user_takes_becomes_a_follow_up_in_one_step_that_undo_takes_back(database, bring):
    _preview, summary = bring(LEADS)
    changes = accept_proposals(database, summary.proposals)
    kept = [
        (row.name, row.follow_up.due_on, row.follow_up.summary) for row in follow_ups.list_follow_ups(database, "all")
    ]
    assert kept == [("赵总", date(2026, 11, 25), "下周三回访"), ("王姐", date(2026, 11, 29), "预约29号")]
    assert not accept_proposals(database, summary.proposals)
    history.undo_step(database, changes.step)
    assert follow_ups.list_follow_ups(database, "all") == []


def test_the_same_sheet_again_proposes_nothing(bring):
    bring(LEADS)
    assert bring(LEADS)[1].proposals == ()


def test_a_note_counts_from_the_day_of_its_row(bring):
    text = "客户,单号,下单日期,金额,备注\n王姐,A1,2026-11-21,30,三天内联系\n老李,A2,2024-03-05,40,三天内联系\n"
    _preview, summary = bring(text)
    assert [(one.name, one.due_on) for one in summary.proposals] == [("王姐", date(2026, 11, 24))]


def test_customers_that_are_gone_get_nothing(database, bring):
    _preview, summary = bring(LEADS)
    history.undo(database)
    assert not accept_proposals(database, summary.proposals)
