"""What the first talk with a customer tells, wherever the list keeps it.

The answers live in the user's own columns, so they are found, filtered, exported and taken back like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from crmdesk.domain.customer import Customer

ANSWERS: Final = ("needs", "budget", "decides", "wanted", "size")
_A_YEAR: Final = {
    re.compile(r"(每|一|/)?\s*(个月|月)|(a|per|/)\s*month", re.I): 12,
    re.compile(r"(每|一|/)?\s*(星期|周)|(a|per|/)\s*week", re.I): 52,
    re.compile(r"(每|一|/)?\s*季度?|(a|per|/)\s*quarter", re.I): 4,
    re.compile(r"(每|一|/)?\s*年|(a|per|/)\s*year", re.I): 1,
}
_NOTE: Final = re.compile(r"^\s*([^：:\n]{1,20})\s*[：:]\s*(\S.*)$", re.M)


@dataclass(frozen=True)
class FirstContact:
    """What was asked: `answers` by code (an unknown one is missing or ""), and how the customer found us."""

    answers: Mapping[str, str] = field(default_factory=dict)
    industry: str = ""
    source: str = ""


@dataclass(frozen=True)
class AnswerColumns:
    """The headers under which each answer may stand, by code."""

    headers: Mapping[str, Sequence[str]]

    def code(self, header: str) -> str:
        """Which answer a header holds; "" for any other."""
        return self._codes().get(folded(header), "")

    def answers(self, extra: Mapping[str, str], notes: str = "") -> dict[str, str]:
        """The answers in a customer's own columns, else in a note that begins with such a header."""
        codes = self._codes()
        noted = _NOTE.findall(notes) if notes else ()
        found: dict[str, str] = {}
        for header, text in (*noted, *extra.items()):
            code = codes.get(folded(header))
            if code and text.strip():
                found[code] = text.strip()
        return found

    def of(self, customer: Customer) -> FirstContact:
        """What is known of a customer from the first talk."""
        return FirstContact(self.answers(customer.extra, customer.notes), customer.industry, customer.source)

    def written(self, extra: Mapping[str, str], answers: Mapping[str, str], used: Mapping[str, str]) -> dict[str, str]:
        """The user's own columns with these answers in them; `used` names the header of an answer not kept here yet."""
        result = dict(extra)
        for code, text in answers.items():
            header = next((header for header in extra if self.code(header) == code), used[code])
            result[header] = text.strip()
        return {header: text for header, text in result.items() if text}

    def _codes(self) -> dict[str, str]:
        return {folded(header): code for code, headers in self.headers.items() for header in headers}


def money_a_year(budget: str) -> int | None:
    """A budget as int money a year: 3万, 每月 3000, 500 a week; one without a time is a year's. None: unreadable.

    A rough figure will do: it is an estimate, and is kept as one.
    """
    from crmdesk.domain.amounts import read_amount

    times, rest = 1, budget
    for words, a_year in _A_YEAR.items():
        if words.search(rest):
            times, rest = a_year, words.sub("", rest)
            break
    value = read_amount(rest.strip()).value
    return value * times if value else None


@lru_cache(maxsize=4096)  # the words of a list are few, its customers many
def folded(text: str) -> str:
    """A word as it is compared: narrow, small letters, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip().lower()
