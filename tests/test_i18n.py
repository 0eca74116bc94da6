"""No text of the program is left in the other language."""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest

from crmdesk.i18n import _, language, ngettext
from crmdesk.paths import resource

SOURCE = Path(__file__).parent.parent / "src" / "crmdesk"
MARKERS = {"_", "translatable", "ngettext"}
PLACEHOLDER = re.compile(r"{[^}]*}")
CRAMPED = re.compile(r"[\u4e00-\u9fff”」』》）}][,;:?!]|[^\d=][,;:?!] ?[\u4e00-\u9fff「“]")
# Chinese that is no word on the screen: a language under its own name, and what people type for the lunar calendar.
NOT_FROM_THE_CATALOGUE = {
    "中文",
    r"^(?:农历|阴历|旧历|lunar)\s*",
    r"(?:(\d{4})\D{1,2})?(\d{1,2})\D{1,2}(\d{1,2})日?",
}


def texts_in_code() -> dict[str, str]:
    """Every literal handed to a translation function, with the place where it stands first."""
    found: dict[str, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.setdefault(text.value, f"{path.relative_to(SOURCE)}:{node.lineno}")
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict:
    with resource("locale", "zh_CN", "LC_MESSAGES", "crmdesk.mo").open("rb") as file:
        translations = gettext.GNUTranslations(file)
    return {key[0] if isinstance(key, tuple) else key: text for key, text in translations._catalog.items() if key}


def test_every_text_has_a_chinese_translation(catalogue):
    missing = {text: place for text, place in texts_in_code().items() if not catalogue.get(text)}
    assert missing == {}


def test_translations_keep_the_placeholders(catalogue):
    broken = {
        text: catalogue[text]
        for text in texts_in_code()
        if set(PLACEHOLDER.findall(catalogue.get(text, text))) - set(PLACEHOLDER.findall(text))
    }
    assert broken == {}


def test_the_catalogue_holds_no_text_that_the_code_does_not_use(catalogue):
    assert sorted(set(catalogue) - set(texts_in_code())) == []


def test_chinese_sentences_have_chinese_punctuation(catalogue):
    """A half-width comma after Chinese looks cramped."""
    chinese = [text for text in catalogue.values() if re.search(r"[\u4e00-\u9fff]", text)]
    assert [text for text in chinese if CRAMPED.search(re.sub(r"{(\w+):[^}]*}", r"{\1}", text))] == []


def test_no_chinese_text_stands_in_the_code_of_the_window():
    """Words on the screen come from the catalogue; the importer's vocabulary is data, not words on the screen."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.value}"
        for room in ("gui", "words", "charts", "operations")
        for path in sorted((SOURCE / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and chinese.search(node.value)
        and node.value not in NOT_FROM_THE_CATALOGUE | documentation(path)
    ]
    assert found == []


def documentation(path: Path) -> set[str]:
    """The docstrings of a file, which may quote the screen."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return {ast.get_docstring(node, clean=False) or "" for node in ast.walk(tree) if isinstance(node, holders)}


def test_the_language_of_a_block_ends_with_it():
    with language("en"):
        assert _("Customers") == "Customers"
    assert _("Customers") == "客户"


def test_an_unknown_text_stays_english():
    assert ngettext("{n} stone", "{n} stones", 2) == "{n} stones"
