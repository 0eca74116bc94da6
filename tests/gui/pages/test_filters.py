"""The chips above the list."""

from __future__ import annotations

import pytest

from crmdesk.domain.query import Choice, CustomerQuery, FilterChoices
from crmdesk.gui.pages.filters import Filters, choice_text


@pytest.fixture
def filters(_look, qtbot):
    made = Filters()
    qtbot.addWidget(made)
    made.set_choices(
        FilterChoices(
            tiers=(Choice("A", 2), Choice("B", 3), Choice("", 5)),
            regions=(Choice(("浙江", "杭州", ""), 4), Choice(("江苏", "", ""), 2)),
            sources=(Choice("", 4), Choice("抖音", 2)),
            tags=(Choice("老客户", 3),),
        ),
        presenting=False,
    )
    return made


def _pick(menu_button, start):
    menu_button.fill()
    next(action for action in _offered(menu_button.drop) if action.text().startswith(start)).trigger()


def _offered(menu):
    """What a menu and the menus in it offer."""
    for action in menu.actions():
        yield from _offered(action.menu()) if action.menu() is not None else (action,)


def test_choices_tell_how_many_there_are(filters):
    chip = filters._chips["tiers"]
    chip.fill()
    assert [action.text() for action in chip.drop.actions()] == ["A\t2", "B\t3", "无等级\t5"]


def test_several_values_of_a_kind_add_up_and_are_named(filters, qtbot):
    with qtbot.waitSignal(filters.changed):
        _pick(filters._chips["tiers"], "A")
    _pick(filters._chips["tiers"], "B")
    assert filters.query().tiers == ("A", "B")
    assert filters._chips["tiers"].text() == "等级: A、B"
    _pick(filters._chips["tiers"], "A")
    assert filters.query().tiers == ("B",)


def test_regions_are_prefixes(filters):
    _pick(filters._chips["regions"], "浙江 杭州")
    assert filters.query().regions == (("浙江", "杭州", ""),)


def test_quiet_ones_and_tags_live_behind_more(filters):
    _pick(filters._more, "安静了")
    _pick(filters._more, "老客户")
    assert filters.query().quiet
    assert filters.query().tags == ("老客户",)
    assert filters._more.isChecked()


def test_sources_live_behind_more_too(filters):
    _pick(filters._more, "抖音")
    _pick(filters._more, "没记来源")
    assert filters.query().sources == ("抖音", "")
    assert filters._more.isChecked()
    assert filters.query().filtered


def test_how_sure_one_is_and_key_accounts_live_behind_more(filters):
    filters.set_choices(
        FilterChoices(confidences=(Choice("high", 3), Choice("few", 2)), key_accounts=4), presenting=False
    )
    _pick(filters._more, "数据少")
    _pick(filters._more, "重点")
    assert filters.query().confidences == ("few",)
    assert filters.query().key_accounts
    assert filters._more.isChecked()


def test_what_the_values_know_can_be_asked_for(filters):
    filters.set_choices(
        FilterChoices(
            rising=3,
            neglected=12,
            unprofitable=1,
            expected=(Choice("30", 4), Choice("90", 9)),
            staying=(Choice("likely", 20), Choice("unlikely", 7)),
            blocked=(Choice("new", 2),),
        ),
        presenting=False,
    )
    filters._more.fill()
    assert [action.text() for action in _offered(filters._more.drop)] == [
        "安静了",
        "还没联系过",
        "好久没管的\t12",
        "涨起来的\t3",
        "量大不赚钱\t1",
        "30 天内会来\t4",
        "90 天内会来\t9",
        "多半会\t20",
        "多半不会\t7",
        "太新\t2",
    ]
    for start in ("涨起来的", "30 天", "多半不会", "太新"):
        _pick(filters._more, start)
    query = filters.query()
    assert (query.rising, query.expected, query.staying, query.blocked) == (True, ("30",), ("unlikely",), ("new",))


def test_what_is_set_behind_more_stands_as_a_chip_that_lets_go(filters):
    filters.set_query(CustomerQuery(rising=True, confidences=("few", "fair")))
    chips = {field: chip.text() for field, chip in filters._set.items()}
    assert chips == {"rising": "涨起来的 ✕", "confidences": "把握: 数据少、一般 ✕"}
    filters._set["rising"].click()
    assert not filters.query().rising
    assert list(filters._set) == ["confidences"]


def test_a_customer_who_looks_on_reads_no_judgement(filters):
    filters.set_query(CustomerQuery(unprofitable=True))
    filters.set_choices(FilterChoices(rising=3, tags=(Choice("老客户", 3),)), presenting=True)
    filters._more.fill()
    assert [action.text() for action in _offered(filters._more.drop)] == ["老客户\t3"]
    assert filters._set == {}


def test_clearing_keeps_the_sort(filters, qtbot):
    filters.set_query(CustomerQuery(search="王", tiers=("A",), sort=(("order_total", True),)))
    with qtbot.waitSignal(filters.changed) as told:
        filters.clear()
    assert told.args == [CustomerQuery(sort=(("order_total", True),))]


def test_a_chip_in_use_stays_although_its_choices_went(filters):
    filters.set_query(CustomerQuery(intents=("high",)))
    assert not filters._chips["intents"].isHidden()
    assert "高" in filters._chips["intents"].text()


def test_choices_in_words():
    assert choice_text("region", ("北京", "北京", "朝阳")) == "北京 朝阳"
    assert choice_text("region", ("", "", "")) == "没写片区"
    assert choice_text("stage", "dormant") == "沉睡"
