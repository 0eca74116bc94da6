"""Yes and no."""

from __future__ import annotations

import pytest

from crmdesk.domain.booleans import read_boolean


@pytest.mark.parametrize(
    ("written", "answer"),
    [("是", True), ("√", True), (1.0, True), ("Ｙ", True), (True, True), ("否", False), ("×", False), (0, False)],
)
def test_yes_and_no_in_all_their_signs(written, answer):
    assert read_boolean(written) == (answer, "", {})


def test_anything_else_is_flagged():
    assert read_boolean("也许").code == "boolean_unreadable"
    assert read_boolean("").code == ""
