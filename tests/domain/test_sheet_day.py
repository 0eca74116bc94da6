"""The day that a file's or sheet's name tells."""

from __future__ import annotations

from datetime import date

import pytest

from crmdesk.domain.existing import Existing, usual_way
from crmdesk.domain.fields import Field
from crmdesk.domain.sheet_day import named_day
from crmdesk.excel.column import Column

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("客户20261115.xlsx", date(2026, 11, 15)),
        ("客户2026-11-15.xlsx", date(2026, 11, 15)),
        ("2026年11月5日 欠款表.xls", date(2026, 11, 5)),
        ("欠款11月15日.xlsx", date(2026, 11, 15)),
        ("欠款12月15日.xlsx", date(2025, 12, 15)),
        ("客户20261215.xlsx", None),  # a day to come says nothing of what was
        ("客户v1.2.xlsx", None),
        ("客户13800138000.xlsx", None),
        ("客户2月30日.xlsx", None),
        ("客户.xlsx", None),
    ],
)
def test_a_name_tells_a_day_or_none(name, day):
    assert named_day([name, "Sheet1"], TODAY) == day


@pytest.mark.parametrize(
    ("field", "header", "way"),
    [
        (Field.RECEIVABLE, "欠款", Existing.NEWER),
        (Field.LAST_ORDER_ON, "上次拿货", Existing.NEWER),
        (Field.TIER_GIVEN, "等级", Existing.NEWER),
        (Field.EXTRA, "最近联系", Existing.NEWER),
        (Field.EXTRA, "剩余次数", Existing.NEWER),
        (Field.EXTRA, "Outstanding balance", Existing.NEWER),
        (Field.EXTRA, "last_seen", Existing.NEWER),
        (Field.EXTRA, "车牌", Existing.FILL),
        (Field.EXTRA, "Country", Existing.FILL),
        (Field.FIRST_ORDER_ON, "首单日期", Existing.FILL),
        (Field.ADDRESS, "地址", Existing.FILL),
        (Field.TAGS, "标签", Existing.APPEND),
    ],
)
def test_what_tells_a_state_of_today_follows_the_newer_sheet(field, header, way):
    assert usual_way(Column(0, "A", header, field)) is way
