"""The data files that reading stands on: header words, places, surnames. Each is read once, when first needed."""

from __future__ import annotations

import tomllib
from functools import cache

from crmdesk.domain.names import Surnames
from crmdesk.domain.region import RegionTable
from crmdesk.paths import resource


@cache
def region_table() -> RegionTable:
    """All places of China."""
    return RegionTable(resource("data", "regions.txt").read_text(encoding="utf-8").splitlines())


@cache
def surnames() -> Surnames:
    """The Chinese surnames."""
    return Surnames(resource("data", "surnames.txt").read_text(encoding="utf-8"))


@cache
def header_table() -> dict[str, dict[str, list[str]]]:
    """The words of headers by table (`words`, `orders`, `interactions`, `prefixes` …), field and spelling."""
    with resource("data", "header_words.toml").open("rb") as file:
        return tomllib.load(file)
