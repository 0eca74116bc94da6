"""What people read on the command line is in one language throughout."""

from __future__ import annotations

import re

import pytest

from crmdesk.__main__ import main
from crmdesk.cli.spoken_parser import spoken
from crmdesk.i18n import set_language

LATIN = re.compile(r"[A-Za-z]{3,}")


def test_an_import_counts_its_rows_in_chinese(shell, workbook):
    assert shell("import", workbook, "--yes") == 0
    assert "客户.xlsx › 客户\t客户\t4 行：新的 3 · 没收 1" in shell.out
    assert not LATIN.search(shell.out.replace(".xlsx", ""))


@pytest.mark.parametrize("what", ["customers", "orders", "interactions", "follow-ups"])
def test_a_list_has_words_and_no_codes(filled, what):
    assert filled("list", what) == 0
    assert not re.search(r"\b(True|False|None|high|medium|low|active|prospect|call|visit|product)\b", filled.out)


def test_an_order_is_read_by_its_lines(filled):
    assert filled("list", "orders") == 0
    assert "大米 × 10 ¥1280" in filled.out


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the following arguments are required: --file", "缺 --file"),
        ("unrecognized arguments: --fast", "不认识“--fast”"),
        ("argument --to: expected one argument", "--to 后面少了要给的内容"),
        ("argument what: invalid choice: 'x' (choose from 'a', 'b')", "what：没有 'x'，只有 'a', 'b'"),
        ("something else", "something else"),
    ],
)
def test_what_the_parser_says_is_in_the_users_language(said, told):
    assert spoken(said) == told


def test_the_help_is_chinese_too(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    with pytest.raises(SystemExit):
        main(["today", "--help"])
    told = capsys.readouterr().out
    assert told.startswith("用法：crmdesk today")
    assert not re.search(r"usage|options:|show this|optional", told)


def test_in_english_it_speaks_english():
    set_language("en")
    assert spoken("unrecognized arguments: --fast") == '"--fast" is not known here'
