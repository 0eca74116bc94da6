"""Workbooks made ugly from a clean truth, by seed: every cell comes back right, or it is flagged; every row counts."""

from __future__ import annotations

import pytest

from ugly.judge import Verdict, judge
from ugly.shapes import SHAPES
from ugly.writers import DISGUISED, FORMATS

SEEDS = range(3_000, 3_002)  # more of them: `PYTHONPATH=tests python -m ugly --seeds 0-199`


@pytest.mark.parametrize("shape", SHAPES)
def test_every_cell_is_right_or_flagged_and_every_row_accounted_for(shape, tmp_path, clock):
    whole = Verdict()
    for fmt in (*FORMATS, *DISGUISED):
        for seed in SEEDS if fmt in FORMATS else SEEDS[:1]:
            whole.add(judge(shape, seed, fmt, tmp_path / f"{fmt}{seed}", clock))
    assert whole.faults == []
    assert whole.right > 300
    assert whole.right >= 0.99 * (whole.right + whole.flagged)
