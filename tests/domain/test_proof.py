"""A proof is told only where it is one."""

from __future__ import annotations

import random

import pytest

from crmdesk.domain.proof import Proof, telling


def test_a_large_difference_over_many_is_told():
    proof = Proof("needs", 41, 100, 54, 300)
    assert telling([proof]) == (proof,)
    assert (proof.with_share, proof.without_share) == (0.41, 0.18)


@pytest.mark.parametrize(
    "proof",
    [
        Proof("needs", 12, 29, 54, 300),  # too few on one side
        Proof("needs", 20, 100, 54, 300),  # chance
        Proof("needs", 5_300, 10_000, 5_000, 10_000),  # certain, and too small to matter
        Proof("needs", 18, 100, 123, 300),  # the other way round is no reason to type
        Proof("needs", 0, 0, 0, 0),
    ],
)
def test_what_proves_nothing_is_not_told(proof):
    assert telling([proof]) == ()


def test_the_more_is_looked_at_the_more_it_takes():
    near = Proof("needs", 30, 100, 20, 100)  # about one chance in fourteen, doubled
    good = Proof("needs", 34, 100, 20, 100)
    assert telling([near]) == ()
    assert telling([good]) == (good,)
    others = [Proof(f"fact{number}", 20, 100, 20, 100) for number in range(9)]
    assert telling([good, *others]) == ()


def test_the_largest_difference_stands_first():
    small, large = Proof("a", 60, 100, 30, 100), Proof("b", 90, 100, 30, 100)
    assert telling([small, large]) == (large, small)


def test_the_chance_is_scipys():
    stats = pytest.importorskip("scipy.stats")
    for table in ((41, 100, 54, 300), (3, 10, 1, 12), (0, 5, 5, 5), (400, 1000, 3000, 9000)):
        proof = Proof("x", *table)
        done, size, other, rest = table
        expected = stats.fisher_exact([[done, size - done], [other, rest - other]], alternative="greater").pvalue
        assert proof.chance() == pytest.approx(expected, rel=1e-6, abs=1e-11)


def test_where_noting_has_nothing_to_do_with_it_hardly_anything_is_told():
    """Of 200 lists whose facts are noted at random at most one in ten claims something."""
    chance = random.Random(4)
    wrong = 0
    for _list in range(200):
        proofs = []
        for number in range(6):
            done = [sum(chance.random() < 0.3 for _customer in range(size)) for size in (60, 150)]
            proofs.append(Proof(f"fact{number}", done[0], 60, done[1], 150))
        wrong += bool(telling(proofs))
    assert wrong <= 20
