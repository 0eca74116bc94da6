"""Reasons made in columns are the phrases that single ones would be."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.phrase import Phrase
from crmdesk.domain.reasons import ReasonColumns

rows = st.lists(
    st.tuples(st.booleans(), st.integers(-(2**60), 2**60), st.floats(0, 1), st.text(max_size=8)), max_size=30
)


@given(rows)
def test_each_text_reads_back_as_its_phrase(customers: list[tuple[bool, int, float, str]]) -> None:
    columns = ReasonColumns(
        len(customers),
        {
            "value_money": np.array([row[1] for row in customers], np.int64),
            "place_share": np.array([row[2] for row in customers], np.float64),
            "word": [row[3] for row in customers],
        },
    )
    first = np.array([row[0] for row in customers], np.bool_)
    columns.say("one", first, "value_money", "word")
    columns.say("other", ~first, "place_share")
    for (is_first, money, share, word), text in zip(customers, columns.texts(), strict=True):
        expected = (
            Phrase("one", {"value_money": money, "word": word}) if is_first else Phrase("other", {"place_share": share})
        )
        assert Phrase.from_json(text) == expected


def test_nobody_without_a_code_gets_a_text() -> None:
    columns = ReasonColumns(2, {})
    columns.say("only", np.array([False, True]))
    assert columns.texts() == ["", '["only", {}]']
