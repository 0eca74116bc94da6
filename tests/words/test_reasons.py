"""Every reason has a sentence in both languages, and nothing that is computed lacks one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmdesk.domain.phrase import Phrase, Value
from crmdesk.i18n import language
from crmdesk.words.passports import PASSPORTS
from crmdesk.words.phrases import say, template
from crmdesk.words.policies import POLICIES
from crmdesk.words.reasons import REASONS

SOURCE = Path(__file__).parent.parent.parent / "src" / "crmdesk"


def filled(code: str) -> Phrase:
    values: dict[str, Value] = {}
    for name in re.findall(r"{(\w+)}", template(code)):
        kind = name.rpartition("_")[2]
        values[name] = {"money": 240_000_000, "on": "2026-11-22", "share": 0.2}.get(kind, 35)
    return Phrase(code, values)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d,.-]*\d|\d", text))


OWN_WORDS = {"playbook_line"}  # the user's, in whatever language


@pytest.mark.parametrize("code", sorted({*REASONS, *POLICIES, *PASSPORTS} - OWN_WORDS))
def test_both_languages_say_the_same_numbers(code: str) -> None:
    chinese = say(filled(code))
    with language("en"):
        english = say(filled(code))
    assert chinese != english
    assert "{" not in chinese + english
    assert numbers(chinese) == numbers(english)


def test_every_code_in_the_rules_has_its_sentence() -> None:
    text = "".join(path.read_text("utf-8") for room in ("domain", "storage", "operations") for path in room_files(room))
    codes = set(re.findall(r'(?:Phrase|\.say)\(\s*"((?:stage|tier|today|ask|policy|reason|last)_[a-z_]+)"', text))
    assert len(codes) > 20
    assert codes <= {*REASONS, *POLICIES, *PASSPORTS}


def room_files(room: str) -> list[Path]:
    return sorted((SOURCE / room).glob("*.py"))


def test_the_sentences_of_the_design() -> None:
    told = {"usual": 35, "days": 81, "times": 2.3, "quiet_on": "2026-10-26"}
    assert say(Phrase("stage_dormant", told)) == "通常 35 天一次，现 81 天（2.3 倍），2026-10-26 起安静了"
    rank = {"value_money": 240_000_000, "rank": 3, "days": 81}
    assert say(Phrase("tier_total_rank_quiet", rank)) == "累计 ¥24,000 第 3，但 81 天没来"
