"""Yes and no as people write them."""

from __future__ import annotations

from typing import Final

from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, plain, says_nothing

# fmt: off
_YES: Final = frozenset((
    "是", "有", "对", "√", "✓", "✔", "☑", "1", "y", "yes", "true", "t",
    "已", "已加", "已成交", "成交", "ok", "要", "需要", "会", "on",
))
_NO: Final = frozenset((
    "否", "无", "没有", "没", "不", "不是", "×", "✗", "✘", "x", "0", "n", "no", "false", "f",
    "未", "未加", "未成交", "不要", "不需要", "off", "☐",
))
# fmt: on


def read_boolean(value: object) -> Read[bool]:
    """是/否, √/×, 1/0, Y/N; anything else is flagged."""
    text = half_width(plain(value)).lower()
    if text in _YES:
        return Read(True)
    if text in _NO:
        return Read(False)
    return Read(None, "" if says_nothing(text) else "boolean_unreadable")
