"""A sentence before it has words: a code and the values in it, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

Value = str | int | float | None

_NO_VALUES: Final[Mapping[str, Value]] = {}


class Phrase(NamedTuple):
    """A code and its values; `words.say(phrase)` gives the sentence.

    The ending of a value's name tells how it is shown: `_money` (int, 1/10,000), `_on` (ISO date), `_share` (0 to 1),
    `_tier`, `_stage`; anything else is shown as it is.
    """

    code: str
    values: Mapping[str, Value] = _NO_VALUES

    def to_json(self) -> str:
        """The phrase as kept in the file."""
        import json  # no phrase is read or written before the first paint

        return json.dumps([self.code, dict(self.values)], ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Phrase:
        """The phrase that `to_json` wrote."""
        import json

        code, values = json.loads(text)
        return cls(code, values)


class Refused(Exception):
    """What the user asked for cannot be done; the phrase says what happened, what is safe, what to do."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.phrase = Phrase(code, values)

    def __str__(self) -> str:
        return f"{self.phrase.code} {dict(self.phrase.values)}"
