"""Customers that look like one, among many: against rapidfuzz over blocks, as one would write it in a script."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from material import TODAY
from rapidfuzz import fuzz
from timing import Row, ratio, seconds

from crmdesk.clock import Clock
from crmdesk.domain.simplified import simplified
from crmdesk.domain.text import half_width
from crmdesk.operations.duplicates import find_duplicates
from crmdesk.operations.files import create_file
from crmdesk.progress import Progress
from crmdesk.storage.database import Database
from crmdesk.storage.rows import insert_rows

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "domain"))
from duplicate_truth import Truth, make_truth

TARGET = 1.3
FULL = 100_000  # customers for which the target is meant; below, reading the table of places weighs more
PRECISION, RECALL = 0.98, 0.94
ALIKE, HALF = 85, 50
CROWD = 200
ENDING = re.compile(r"(?:股份|责任)?有限公司$|公司$|店$")
ROWS = (
    "SELECT c.id, c.name, c.address, coalesce(group_concat(p.value, ' '), '') FROM customers c"
    " LEFT JOIN contact_points p ON p.customer_id = c.id AND p.kind IN ('phone', 'wechat') GROUP BY c.id"
)
Pairs = set[tuple[int, int]]


def by_script(database: Database) -> Pairs:
    """The peer: cleaned names compared within blocks by phone, WeChat, street and either end of the name."""
    blocks: dict[str, list[int]] = defaultdict(list)
    known = {}
    with database.raw_read() as raw:
        for key, name, address, reached in raw.execute(ROWS).fetchall():
            clean = ENDING.sub("", re.sub(r"[\s（(].*", "", simplified(half_width(name))))
            street = simplified(half_width(address))
            known[key] = (clean, street, set(reached.split()))
            for block in {clean[:2], clean[-3:], street[-6:], *reached.split()} - {""}:
                blocks[block].append(key)
    found: Pairs = set()
    for members in blocks.values():
        for one, other in combinations(members, 2) if len(members) < CROWD else ():
            name, street, reached = known[one]
            second, place, others = known[other]
            alike = fuzz.partial_ratio(name, second)
            if alike >= HALF and (reached & others or (alike >= ALIKE and _near(street, place))):
                found.add((one, other))
    return found


def _near(street: str, place: str) -> bool:
    return bool(street and place and fuzz.partial_ratio(street, place, score_cutoff=ALIKE))


def _file(path: Path, truth: Truth) -> tuple[Database, Pairs]:
    database = create_file(path, Clock(TODAY))
    with database.write("import_sheets", file=path.name) as step:
        ids = list(step.new_ids(len(truth.entries)))
        cities = sorted({entry.city for entry in truth.entries})
        places = dict(zip(cities, step.new_ids(len(cities)), strict=True))
        insert_rows(step.raw, "regions", ("id", "city"), ((key, city) for city, key in places.items()))
        rows = ((key, e.name, e.address, places[e.city]) for key, e in zip(ids, truth.entries, strict=True))
        insert_rows(step.raw, "customers", ("id", "name", "address", "region_id"), rows)
        points = [(key, "phone", p) for key, e in zip(ids, truth.entries, strict=True) for p in e.phones]
        points += [(key, "wechat", e.wechat) for key, e in zip(ids, truth.entries, strict=True) if e.wechat]
        numbered = ((new, *point) for new, point in zip(step.new_ids(len(points)), points, strict=True))
        insert_rows(step.raw, "contact_points", ("id", "customer_id", "kind", "value"), numbered)
        people = [(key, name) for key, e in zip(ids, truth.entries, strict=True) for name in e.contacts]
        named = ((new, *person) for new, person in zip(step.new_ids(len(people)), people, strict=True))
        insert_rows(step.raw, "contacts", ("id", "customer_id", "name"), named)
    return database, {(ids[one], ids[other]) for one, other in truth.same}


def measure(size: int, folder: Path, times: list[float]) -> Iterator[Row]:
    """The search against the script, and how right both are; `times` takes the seconds for the growth."""
    database, same = _file(folder / f"duplicates{size}.crmdesk", make_truth(size, 7))
    try:
        limit = seconds(lambda: by_script(database), runs=2)
        taken = seconds(lambda: find_duplicates(database, Progress()), runs=2)
        times.append(taken)
        yield ratio(
            "duplicates among customers",
            f"{size}",
            taken,
            limit,
            "rapidfuzz over blocks in a script",
            TARGET if size >= FULL else None,
        )
        found = {(pair.first, pair.second) for pair in find_duplicates(database, Progress())}
        yield _right("duplicates: found", size, found, same, PRECISION, RECALL)
        yield _right("duplicates: found by the script", size, by_script(database), same)
    finally:
        database.close()


def _right(work: str, size: int, found: Pairs, same: Pairs, precision: float = 0.0, recall: float = 0.0) -> Row:
    right = len(found & same)
    exact, whole = right / max(len(found), 1), right / max(len(same), 1)
    met = exact >= precision and whole >= recall if precision else None
    told = f">= {precision}/{recall}" if precision else ""
    return Row(work, f"{size}", f"{exact:.3f}/{whole:.3f}", "precision/recall on generated pairs", told, met)
