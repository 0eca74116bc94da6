"""What an import brought, in one line."""

from __future__ import annotations

from crmdesk.i18n import language
from crmdesk.words.imported import brought_text, imported_text


def test_orders_come_before_customers():
    assert imported_text(1, 2, 2, 1) == "新 2 单，已有 1 单"
    assert imported_text(3, 1, 0, 0) == "新 3 位客户，已有 1 位"


def test_what_it_brought_names_only_what_there_is():
    assert brought_text({"customers": 188, "orders": 0}, 12) == "新客户 188 · 更新 12 行"
    assert brought_text({}, 0) == "没有新的"


def test_in_english_too():
    with language("en"):
        assert imported_text(0, 0, 2, 1) == "2 new orders, 1 known"
