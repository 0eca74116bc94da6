"""Nurture plans from a shell."""

from __future__ import annotations

from crmdesk.cli.opened import opened
from crmdesk.domain.query import CustomerQuery
from crmdesk.domain.table_layout import TableLayout
from crmdesk.operations import views


def test_a_plan_is_started_waits_goes_on_and_ends(filled) -> None:
    listed = filled.json("plan", "list")
    assert [(one["key"], one["begun"]) for one in listed][:2] == [("new_lead", 0), ("after_quote", 0)]
    assert filled("plan", "start", "new_lead", "--search", "王姐") == 0
    [run] = filled.json("plan", "runs")
    assert (run["customer_name"], run["state"], run["place"], run["steps"]) == ("王姐超市", "running", 1, 4)
    assert run["due_on"] == "2026-11-23"
    for what, state in (("pause", "paused"), ("resume", "running")):
        assert filled("plan", what, "--customer", run["customer"]) == 0
        assert filled.json("plan", "runs")[0]["state"] == state
    assert filled("plan", "end", "--customer", run["customer"]) == 0
    assert filled.json("plan", "runs") == []
    assert filled.json("plan", "list")[0]["begun"] == 1


def test_never_with_everybody_unasked(filled) -> None:
    assert filled("plan", "start", "new_lead") != 0
    assert "给谁" in filled.err
    assert filled("plan", "start", "nothing", "--search", "王姐") != 0
    assert filled("plan", "pause", "--customer", "5") != 0


def test_a_view_and_a_filter_both_hold_and_a_slip_in_a_name_starts_nothing(filled, clock) -> None:
    with opened(filled.file, clock) as db:
        views.save_view(db, "徐州", CustomerQuery(regions=(("江苏省", "徐州市", ""),)), TableLayout())
    for slip in (("--view", "徐洲"), ("--view", "徐洲", "--search", "王姐")):
        assert filled("plan", "start", "new_lead", *slip) != 0
        assert "没有“徐洲”这个视图" in filled.err
    assert filled.json("plan", "runs") == []
    assert filled("plan", "start", "new_lead", "--view", "徐州", "--search", "小赵") != 0
    assert filled("plan", "start", "new_lead", "--view", "徐州", "--search", "王姐") == 0
    assert [run["customer_name"] for run in filled.json("plan", "runs")] == ["王姐超市"]
    assert filled("plan", "start", "new_lead", "--view", "徐州") == 0
    assert len(filled.json("plan", "runs")) == 2
