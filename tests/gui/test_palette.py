"""The two themes: every text can be read on what lies behind it."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from crmdesk.gui.delegates import chip_colours
from crmdesk.gui.palette import DARK, LIGHT, palette_of, tokens_of

TEXTS = ("text", "muted", "accent_text", "amber", "red")
GROUNDS = ("window", "rail", "surface", "raised", "selected", "hover", "accent_soft")


def luminance(colour: QColor) -> float:
    parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_texts_keep_four_and_a_half_to_one(tokens, text, ground) -> None:
    assert contrast(QColor(getattr(tokens, text)), QColor(getattr(tokens, ground))) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("amber", "amber_soft"),
        ("red", "red_soft"),
        ("text", "grey_soft"),
    ],
)
def test_texts_on_colour_keep_it_too(tokens, text, ground) -> None:
    assert contrast(QColor(getattr(tokens, text)), QColor(getattr(tokens, ground))) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
@pytest.mark.parametrize(
    ("kind", "value"),
    [("tier", t) for t in "ABCDE"]
    + [("tier", "VIP")]
    + [("stage", s) for s in ("prospect", "active", "dormant", "lost")]
    + [("intent", i) for i in ("high", "medium", "low")],
)
def test_chips_can_be_read_on_plain_and_selected_rows(tokens, kind, value) -> None:
    fill, _border, ink = chip_colours(tokens, kind, value)
    for ground in ("surface", "selected", "hover"):
        assert contrast(ink, fill or QColor(getattr(tokens, ground))) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_the_focus_stands_out(tokens) -> None:
    for ground in ("window", "surface", "raised"):
        assert contrast(QColor(tokens.accent), QColor(getattr(tokens, ground))) >= 3


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_a_palette_knows_its_theme(tokens) -> None:
    assert tokens_of(palette_of(tokens)) is tokens


def test_only_quiet_customers_are_amber_and_no_chip_is_red() -> None:
    for stage in ("prospect", "in_talks", "new", "active", "loyal", "won_back"):
        assert QColor(LIGHT.amber) not in chip_colours(LIGHT, "stage", stage)
    for kind, values in (("tier", "ABCD"), ("stage", ("dormant", "lost")), ("intent", ("high", "low"))):
        for value in values:
            assert QColor(LIGHT.red) not in chip_colours(LIGHT, kind, value)
