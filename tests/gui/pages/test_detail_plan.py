"""A plan stands in the card: its step, why it waits, and how it is to go on."""

from __future__ import annotations

from datetime import date

import pytest

from cards import add, choose, link, texts
from crmdesk.domain.plan import Plan, PlanStep
from crmdesk.gui.dialogs.plan_form import PlanForm
from crmdesk.gui.dialogs.plan_start import StartPlanForm
from crmdesk.gui.dialogs.plans import PlansDialog
from crmdesk.gui.pages.detail_plan import PlanSection
from crmdesk.gui.pages.follow_ups_model import open_line
from crmdesk.operations import follow_ups, plans

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(show_card, ledger):
    return show_card(ledger.wang)


@pytest.fixture
def started(card, desk, ledger, prompts):
    """A plan that was started through ＋添加."""

    def start(form: StartPlanForm) -> None:
        form._plan.setCurrentIndex(form._plan.findData("asleep"))
        form.accept()

    prompts.on_run = start
    add(card, "培育计划…")
    (state,) = plans.runs_of(desk.database, ledger.wang)
    return state.run.id


def test_who_is_in_no_plan_has_no_such_part(card):
    assert card.won.part(PlanSection).isHidden()


def test_a_plan_started_from_the_card_tells_its_step_and_is_in_todays_list(card, started, desk):
    part = card.won.part(PlanSection)
    assert texts(part)[:2] == ["培育计划", "安静了，第 1 步，共 3 步 · 11-22 电话：问近况，现在从谁家拿货"]
    assert card.next_step.text() == "今天 · 按计划：问近况，现在从谁家拿货"
    desk.undo()
    assert part.isHidden()


def test_an_answer_lets_it_wait_and_the_card_asks_how_it_goes_on(card, started, desk, ledger, settle):
    part = card.won.part(PlanSection)
    card.note.edit.setPlainText("说下周来看样品")
    card.note._outcomes.button(1).click()
    card.note.save()
    settle()
    assert "王姐超市回了，计划先停着" in texts(part)
    link(part, f"resume_plan_{started}").click()
    assert any("第 2 步" in line for line in texts(part))
    choose(part, f"plan_{started}", "先停着")
    assert "计划先停着" in texts(part)
    link(part, f"end_plan_{started}").click()
    assert "安静了 · 你结束的 · 11-22" in texts(part)
    assert link(part, "start_plan").text() == "开始计划…"


def test_the_box_proposes_the_day_of_the_plan_unless_somebody_answers(show_card, card, started, desk, ledger):
    fresh = show_card(ledger.wang)
    assert fresh.note.next_date.day() == date(2026, 11, 30)  # a week later is a Sunday
    fresh.note._outcomes.button(1).click()
    assert fresh.note.next_date.day() == date(2026, 11, 25)
    fresh.note._outcomes.button(3).click()
    assert fresh.note.next_date.day() == date(2026, 11, 30)


def test_the_day_the_box_proposes_gives_way_to_the_plan(card, started, desk, ledger, settle):
    card.note.edit.setPlainText("没人接")
    card.note._outcomes.button(3).click()
    card.note.save()
    settle()
    rows = follow_ups.list_follow_ups(desk.database, "open", customer=ledger.wang)
    assert [row.follow_up.origin for row in rows] == ["plan"]


def test_while_a_customer_looks_on_it_is_not_there(card, started, desk, ledger):
    desk.set_presenting(on=True)
    card.refresh(None)
    assert card.won.isHidden()
    card.retranslate()
    assert card.next_step.text() == "今天 · 电话"
    [row] = follow_ups.list_follow_ups(desk.database, "open", customer=ledger.wang)
    assert open_line(row, desk.today, presenting=True).values[-1] == ""


def test_a_plan_is_written_step_by_step(desk, ledger, qtbot):
    form = PlanForm(Plan("", ()))
    qtbot.addWidget(form)
    assert not form.complete()
    form._name.setText("换季前")
    form._steps[0].text.setText("问要不要先备货")
    form._more.click()
    form._steps[1].after.setValue(5)
    form._steps[1].kind.setCurrentIndex(form._steps[1].kind.findData("visit"))
    form._more.click()
    form._steps[2].cross.click()
    assert form.plan() == Plan("换季前", (PlanStep(1, "call", "问要不要先备货"), PlanStep(5, "visit", "")))
    while form._steps:
        form._steps[0].cross.click()
    assert not form.complete()


def test_the_list_of_plans_starts_edits_and_gives_a_ready_one_back(desk, ledger, prompts, qtbot):
    dialog = PlansDialog(desk, [("选中的", [ledger.li, ledger.zhao]), ("列表里的", [ledger.wang])])
    qtbot.addWidget(dialog)
    assert [line.texts[0] for line in dialog.lines()] == ["新客户培育", "报价以后", "等第二单", "安静了"]
    assert dialog.lines()[0].texts[1:] == ("4 步，25 天", "还没开始过")
    assert not dialog._remove.isEnabled()

    def rename(form: PlanForm) -> None:
        form._name.setText("新店")
        form.accept()

    prompts.on_run = rename
    dialog.edit()
    assert dialog.lines()[0].texts[0] == "新店"
    dialog.mark(0)
    assert dialog._remove.text() == "恢复原样"
    dialog.delete()
    assert dialog.lines()[0].texts[0] == "新客户培育"

    def start(form: StartPlanForm) -> None:
        assert form.customers() == [ledger.li, ledger.zhao]
        assert "1 天后 · 微信：发价目表和好卖的几样" in form._steps.text()
        form.accept()

    prompts.on_run = start
    dialog.mark(0)
    dialog._act_on_marked()
    assert len(plans.list_runs(desk.database)) == 2


def test_those_that_wait_are_shown_as_a_list(desk, ledger, qtbot):
    plan = plans.list_plans(desk.database)[0]
    run = plans.start_plan(desk.database, plan, [ledger.li]).new_id
    plans.pause_plan(desk.database, run)
    dialog = PlansDialog(desk, [])
    qtbot.addWidget(dialog)
    assert dialog._waiting.text() == "1 家等你定"
    with qtbot.waitSignal(desk.customers_wanted) as shown:
        dialog._waiting.click()
    assert shown.args[0].ids == (ledger.li,)
