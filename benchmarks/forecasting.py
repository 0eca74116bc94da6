"""The forecast against `lifetimes`, the library that does the same, in one run: on CDNOW and on the size asked for.

The peer lives in an environment of its own where this one has no room for it (it needs pandas and an older numpy):
`PEER_PYTHON=/path/to/python benchmarks/run.py --only forecast`. Without it the times stand alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from timing import Row, milliseconds, ratio

from crmdesk.domain import forecast_buying, forecast_spend
from crmdesk.domain.forecast_future import future

CDNOW = Path(__file__).parents[2] / "shared" / "data" / "purchases" / "cdnow_customers_summary_with_transactions.csv"
SMALL, LARGE = 1 / 10, 1 / 2
LARGE_IS = 100_000  # customers that the second target is stated for; of fewer the time is told without a verdict
SMALLEST = 1000
WEEKS = 39
# Fitting both models and looking 39 weeks ahead for everybody, best of three; printed are seconds of the processor.
PEER = """
import sys, time, warnings
import numpy as np
warnings.filterwarnings("ignore")
from lifetimes import GammaGammaFitter, ModifiedBetaGeoFitter
x, t, T, mean = np.load(sys.argv[1])
back = (x > 0) & (mean > 0)
best = float("inf")
for _run in range(3):
    began = time.process_time()
    model = ModifiedBetaGeoFitter().fit(x, t, T)
    GammaGammaFitter().fit(x[back], mean[back])
    model.conditional_expected_number_of_purchases_up_to_time(39, x, t, T)
    best = min(best, time.process_time() - began)
print(best)
"""


def measure(size: int, folder: Path) -> Iterator[Row]:
    """CDNOW where it is at hand, and as many made-up customers as asked for."""
    if CDNOW.exists() and size <= SMALLEST:
        yield _against_the_peer("forecast, CDNOW", _cdnow(), folder, SMALL)
    yield _against_the_peer("forecast", _made_up(size), folder, LARGE if size >= LARGE_IS else None)


def _against_the_peer(work: str, known: np.ndarray, folder: Path, target: float | None) -> Row:
    size = f"{known.shape[1]}"
    # Alternately, so that a busy moment of the machine meets both.
    taken = _ours(known)
    limit = _peer(known, folder)
    taken = min(taken, _ours(known))
    if limit is None:
        return milliseconds(work, size, taken, against="lifetimes is not at hand")
    return ratio(work, size, taken, limit, f"lifetimes, {limit:.2f} s", target)


def _ours(known: np.ndarray) -> float:
    """Seconds of the processor, which a busy machine distorts less than those on the clock; the best of three."""
    best = float("inf")
    for _run in range(3):
        began = time.process_time()
        _forecast(known)
        best = min(best, time.process_time() - began)
    return best


def _forecast(known: np.ndarray) -> None:
    x, t_x, age, mean = known
    days = [np.rint(column * 7).astype(np.int64) for column in (t_x, age)]
    count = x.astype(np.int64)
    histories, place = forecast_buying.group(count, *days, 7)
    buying = forecast_buying.fit(histories, "mbg")
    forecast_spend.fit(count, mean, float(mean.mean()))
    future(buying, histories, float(WEEKS)).mean[place]


def _peer(known: np.ndarray, folder: Path) -> float | None:
    """Seconds that the peer takes for the same; None where it is not at hand."""
    path = folder / "known.npy"
    np.save(path, known)
    python = os.environ.get("PEER_PYTHON", sys.executable)
    # On one core, as ours is: the time of idle threads would count against the peer.
    alone = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([python, "-c", PEER, str(path)], capture_output=True, text=True, env=alone)
    return float(done.stdout) if done.returncode == 0 else None


def _cdnow() -> np.ndarray:
    rows = np.genfromtxt(CDNOW, delimiter=",", names=True)
    return np.array([rows[name] for name in ("x", "t_x", "T", "zbar")])


def _made_up(size: int) -> np.ndarray:
    """Customers as MBG/NBD has them, in weeks by whole days: x, t_x, T and the mean amount."""
    chance = np.random.default_rng(11)
    rate, leaving = chance.gamma(0.8, 1 / 8, size), chance.beta(0.8, 2.5, size)
    age = chance.integers(7, 700, size) / 7
    x, t_x, moment = np.zeros(size), np.zeros(size), np.zeros(size)
    here = chance.random(size) >= leaving
    while here.any():
        moment[here] += chance.exponential(1 / rate[here])
        here &= moment < age
        x[here] += 1
        t_x[here] = np.floor(moment[here] * 7) / 7
        here &= chance.random(size) >= leaving
    mean = np.where(
        x > 0, chance.gamma(6 * np.maximum(x, 1), 1 / (chance.gamma(4, 1 / 15, size) * np.maximum(x, 1))), 0
    )
    return np.array([x, t_x, age, mean])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for count in (1000, 100_000):
            for row in measure(count, Path(place)):
                print(row)
