"""The colours of crmdesk, light and dark, by what they are for."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QPalette


class Tokens(NamedTuple):
    """One theme. Text colours keep 4.5:1 on `window`, `surface` and `selected`; a test holds it."""

    name: str
    window: str  # behind everything
    rail: str
    surface: str  # cards, tables, inputs
    raised: str  # menus, popups, toasts
    line: str
    line_strong: str  # borders of inputs
    edge: str  # borders of buttons and chips, whose text says what they are
    scroll: str
    text: str
    muted: str
    faint: str  # disabled
    accent: str  # the green
    accent_hover: str
    on_accent: str
    accent_text: str  # green as text
    accent_soft: str  # behind a chosen rail entry
    selected: str  # selected rows
    hover: str
    amber: str  # going quiet, nothing else
    amber_soft: str
    red: str  # a broken promise, overdue money, nothing else
    red_soft: str
    grey_soft: str
    shadow: str


LIGHT: Final = Tokens(
    name="light", window="#F4F6F7", rail="#FBFCFC", surface="#FFFFFF", raised="#FFFFFF",
    line="#E3E8EB", line_strong="#A3AEB5", edge="#CDD5DA", scroll="#C6CFD4",
    text="#16202A", muted="#55636E", faint="#98A3AB",
    accent="#0B7A6B", accent_hover="#096558", on_accent="#FFFFFF", accent_text="#0A6E61", accent_soft="#DFF1EE",
    selected="#E2F2EF", hover="#EEF2F3", amber="#8F5300", amber_soft="#FDF0D9", red="#B3261E", red_soft="#FCE8E6",
    grey_soft="#EBEFF1", shadow="#2A0F1E28",
)  # fmt: skip
DARK: Final = Tokens(
    name="dark", window="#111518", rail="#14191C", surface="#191F23", raised="#20272C",
    line="#2A3238", line_strong="#54626B", edge="#3A454D", scroll="#3B464D",
    text="#E6EBEE", muted="#9DABB5", faint="#5F6C75",
    accent="#2CB5A0", accent_hover="#45C9B4", on_accent="#06201C", accent_text="#4CCDB9", accent_soft="#173630",
    selected="#1A3934", hover="#20282D", amber="#EBB45A", amber_soft="#382B14", red="#FF8A80", red_soft="#3D1F1E",
    grey_soft="#262E33", shadow="#80000000",
)  # fmt: skip


def tokens_of(palette: QPalette) -> Tokens:
    """The theme that a palette belongs to; a delegate or a painted widget asks its own palette."""
    # Not Window or Base: a style sheet's "transparent" makes those black.
    return DARK if palette.color(QPalette.ColorRole.Light).lightness() < 128 else LIGHT


def palette_of(tokens: Tokens) -> QPalette:
    """Qt's palette in the theme's colours."""
    palette = QPalette()
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.window, roles.WindowText: tokens.text, roles.Base: tokens.surface,
        roles.AlternateBase: tokens.hover, roles.Text: tokens.text, roles.Button: tokens.surface,
        roles.ButtonText: tokens.text, roles.BrightText: tokens.red, roles.Highlight: tokens.accent,
        roles.HighlightedText: tokens.on_accent, roles.Link: tokens.accent_text,
        roles.LinkVisited: tokens.accent_text, roles.ToolTipBase: tokens.raised, roles.ToolTipText: tokens.text,
        roles.PlaceholderText: tokens.muted, roles.Light: tokens.surface, roles.Midlight: tokens.line,
        roles.Mid: tokens.line_strong, roles.Dark: tokens.line_strong, roles.Shadow: "#000000",
        roles.Accent: tokens.accent,
    }  # fmt: skip
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    return palette
