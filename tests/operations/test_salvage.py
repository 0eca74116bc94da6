"""A damaged file without a backup: the readable rows come over, the lost ones are counted, the file is not touched."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from crmdesk.clock import Clock
from crmdesk.domain.phrase import Refused
from crmdesk.domain.query import CustomerQuery
from crmdesk.operations import files, history, listing, passwords, sample
from crmdesk.operations.salvage import free_place, salvage, salvage_apart
from crmdesk.progress import Progress
from crmdesk.storage.database_driver import connect

PAGE = 4096


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from datetime import date

    path = tmp_path_factory.mktemp("whole") / "客户.crmdesk"
    sample.create_sample(path, Clock(date(2026, 11, 22)), Progress())
    return path


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    copy = tmp_path / whole.name
    copy.write_bytes(whole.read_bytes())
    return copy


def pages_of(path: Path, name: str) -> list[int]:
    """The numbers of the leaf pages of a table or an index, in their order: the file format's own way down."""
    with closing(connect(path, writer=False)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
    content = path.read_bytes()

    def leaves(number: int) -> list[int]:
        page = content[(number - 1) * PAGE : number * PAGE]
        if page[0] in (0x0A, 0x0D):
            return [number]
        cells = int.from_bytes(page[3:5], "big")
        places = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells)]
        children = [int.from_bytes(page[place : place + 4], "big") for place in places]
        return [leaf for child in (*children, int.from_bytes(page[8:12], "big")) for leaf in leaves(child)]

    return leaves(root)


def spoil(path: Path, pages: list[int]) -> bytes:
    content = bytearray(path.read_bytes())
    for number in pages:
        content[(number - 1) * PAGE : number * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)
    return bytes(content)


def customers_in(path: Path, clock: Clock) -> int:
    with closing(files.open_file(path, clock)) as db:
        return listing.customer_count(db)


def test_a_whole_file_comes_over_whole(file: Path, tmp_path: Path, clock: Clock) -> None:
    told = salvage(file, tmp_path / "neu.crmdesk", clock)
    assert told.whole
    with closing(files.open_file(file, clock)) as old, closing(files.open_file(told.path, clock)) as new:
        assert history.logical_dump(new).splitlines() == history.logical_dump(old).splitlines()
        query = CustomerQuery(tiers=("A",))
        assert list(listing.customer_ids(new, query)) == list(listing.customer_ids(old, query))
    files.check_file(told.path, clock)


def test_lost_pages_take_their_rows_along_and_nothing_else(file: Path, tmp_path: Path, clock: Clock) -> None:
    before = customers_in(file, clock)
    leaves = pages_of(file, "customers")
    spoiled = spoil(file, [leaves[1], leaves[len(leaves) // 2]])
    told = salvage(file, tmp_path / "neu.crmdesk", clock)
    assert 0 < told.taken["customers"] < before
    assert told.taken["customers"] + (told.lost["customers"] or 0) == before
    assert not told.whole
    assert customers_in(told.path, clock) == told.taken["customers"]
    assert file.read_bytes() == spoiled  # it is only copied
    files.check_file(told.path, clock)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["neu.crmdesk", "客户.crmdesk"]


def test_an_index_that_is_damaged_costs_no_row(file: Path, tmp_path: Path, clock: Clock) -> None:
    with closing(connect(file, writer=False)) as raw:
        names = [row[1] for row in raw.execute("PRAGMA index_list(customers)").fetchall()]
    assert names
    before = customers_in(file, clock)
    spoil(file, [page for name in names for page in pages_of(file, name)])
    told = salvage(file, tmp_path / "neu.crmdesk", clock)
    assert told.taken["customers"] == before


def test_where_nothing_can_be_read_that_is_said_and_no_file_is_left(tmp_path: Path, clock: Clock) -> None:
    noise = tmp_path / "noise.crmdesk"
    noise.write_bytes(b"SQLite format 3\0" + b"\xa5" * 20_000)
    with pytest.raises(Refused) as refused:
        salvage(noise, tmp_path / "neu.crmdesk", clock)
    assert refused.value.phrase.code == "nothing_readable"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["noise.crmdesk"]


def test_a_locked_file_is_salvaged_with_its_password(file: Path, tmp_path: Path, clock: Clock) -> None:
    before = customers_in(file, clock)
    passwords.change_password(file, clock, "", "geheim")
    content = bytearray(file.read_bytes())
    content[PAGE * 60 : PAGE * 62] = b"\xa5" * PAGE * 2
    file.write_bytes(content)
    told = salvage(file, tmp_path / "neu.crmdesk", clock, password="geheim")
    assert told.taken["customers"] > before // 2
    assert passwords.is_locked(told.path)


def test_it_works_the_same_in_a_process_of_its_own(file: Path, clock: Clock) -> None:
    spoil(file, pages_of(file, "customers")[1:2])
    place = free_place(file)
    assert place.name == "客户-2.crmdesk"
    told = salvage_apart(file, place, "", Progress())
    assert told.path == place
    assert customers_in(place, clock) == told.taken["customers"]
    assert told.lost["customers"]
