"""Names of codes."""

from __future__ import annotations

from crmdesk.domain.fields import Field
from crmdesk.domain.follow_up import Origin
from crmdesk.domain.indicators import INDICATORS
from crmdesk.domain.interaction import InteractionKind, Outcome
from crmdesk.domain.stage import Stage
from crmdesk.words.indicators import indicator_told
from crmdesk.words.labels import FIELDS, LABELS, field_label, label


def test_every_code_of_the_domain_has_a_name():
    groups = {"stage": Stage, "interaction": InteractionKind, "outcome": Outcome, "origin": Origin}
    assert [f"{g}.{code}" for g, codes in groups.items() for code in codes if f"{g}.{code}" not in LABELS] == []
    assert [field for field in Field if field not in FIELDS] == []


def test_stages_are_called_as_the_screen_calls_them():
    assert " ".join(label("stage", stage) for stage in Stage) == "潜客 洽谈中 新客 活跃 忠诚 沉睡 流失 回流"


def test_a_tier_is_called_by_the_users_own_word():
    assert (label("tier", "VIP"), label("tier", None), label("tier", "")) == ("VIP", "无等级", "无等级")


def test_a_custom_column_is_called_by_its_header():
    assert field_label("extra:车位") == "车位"
    assert field_label("phone") == "电话"


def test_every_number_of_a_passport_says_what_it_measures():
    assert [code for code in INDICATORS if not indicator_told(code)] == []
    assert indicator_told("nothing") == ""
