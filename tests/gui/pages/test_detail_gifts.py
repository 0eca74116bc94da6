"""Gifts stand in the card once something was given; how long contacts take is set in the settings."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from cards import add, choose, texts
from crmdesk.domain.effort import Minutes
from crmdesk.gui.dialogs.gift_form import GiftForm, MinutesForm
from crmdesk.gui.dialogs.log import LogDialog
from crmdesk.gui.log_flow import LogFlow
from crmdesk.gui.pages.detail_gifts import GiftSection
from crmdesk.gui.pages.settings import SettingsPage
from crmdesk.operations import gifts

TODAY = date(2026, 11, 22)


@pytest.fixture
def card(show_card, ledger):
    return show_card(ledger.wang)


def fill(text: str, cost: str):
    def play(form: GiftForm) -> None:
        form._text.setText(text)
        form._cost.setText(cost)
        form.accept()

    return play


def test_a_gift_is_noted_from_the_card_with_its_price_or_without(card, desk, prompts):
    part = card.care.part(GiftSection)
    prompts.on_run = fill("茶叶", "120")
    add(card, "礼物…")
    assert texts(part) == ["礼物", "11-22 · 茶叶 · ¥120"]
    prompts.on_run = fill("台历", "")
    add(card, "礼物…")
    assert texts(part)[1:] == ["11-22 · 台历 · 价钱没记", "11-22 · 茶叶 · ¥120", "一年 ¥120、1 份没记价钱"]
    newest = gifts.list_gifts(desk.database)[0]
    prompts.on_run = fill("台历", "8")
    choose(part, f"gift_{newest.id}", "修改…")
    assert "11-22 · 台历 · ¥8" in texts(part)
    choose(part, f"gift_{newest.id}", "删掉")
    assert len(gifts.list_gifts(desk.database)) == 1
    desk.undo()
    assert len(gifts.list_gifts(desk.database)) == 2


def test_a_price_that_cannot_be_read_is_not_kept_as_unknown(card, prompts):
    def look(form: GiftForm) -> None:
        assert not form.complete()
        form._text.setText("茶叶")
        assert form.complete()
        form._cost.setText("很贵")
        assert not form.complete()
        form.done(0)

    prompts.on_run = look
    add(card, "礼物…")


def test_a_gift_is_one_of_the_things_one_logs(desk, ledger, prompts, qtbot):
    def choose_gift(dialog) -> None:
        if isinstance(dialog, LogDialog):
            dialog.findChild(QPushButton, "log_gift").click()
        else:
            fill("月饼", "60")(dialog)

    prompts.on_run = choose_gift
    LogFlow(desk, None, lambda: None).log(ledger.li)
    assert gifts.gifts_of(desk.database, ledger.li)[0].text == "月饼"


def test_how_long_contacts_take_is_set_in_the_settings(desk, ledger, prompts, qtbot):
    page = SettingsPage(desk)
    qtbot.addWidget(page)

    def longer(form: MinutesForm) -> None:
        form._visit.setValue(90)
        form.accept()

    prompts.on_run = longer
    page.findChild(QPushButton, "set_minutes").click()
    assert gifts.minutes(desk.database) == Minutes(visit=90)
