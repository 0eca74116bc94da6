"""What a cell shows, tells, and gives to Excel."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.gui.cell_text import cell_plain, cell_text, cell_tip
from crmdesk.i18n import language

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "value", "shown", "plain"),
    [
        ("text", None, "", ""),
        ("text", "两行\n的备注", "两行 的备注", "两行\n的备注"),
        ("date", "2026-11-19", "3 天前", "2026-11-19"),
        ("due", "2026-11-23", "明天", "2026-11-23"),
        ("ago", "没有日期", "没有日期", "没有日期"),  # a column of the user's own
        ("money", 123_450_000, "¥12,345", "12345"),
        ("quantity", 2_500, "2.5", "2.5"),
        ("of_hundred", 42, "42%", "42"),
        ("percent", 0.355, "36%", "0.355"),
        ("stage", "lost", "流失", "流失"),
        ("phone", "13800138013", "138 0013 8013", "13800138013"),
        ("region", ("江苏省", "徐州市", "铜山区"), "江苏省 徐州市 铜山区", ""),
    ],
)
def test_a_value_is_shown_to_be_read_and_copied_to_be_used(kind: str, value: object, shown: str, plain: str) -> None:
    with language("zh"):
        assert cell_text(kind, value, TODAY) == shown
        if kind != "region":  # regions come as text where they are copied
            assert cell_plain(kind, value) == plain


def test_the_tooltip_tells_what_the_cell_leaves_out() -> None:
    assert cell_tip("date", "2026-11-19 08:00") == "2026-11-19"
    assert cell_tip("text", "长" * 30) == "长" * 30
    assert cell_tip("text", "短") is None
    assert cell_tip("text", None) is None
