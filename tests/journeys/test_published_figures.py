"""UCI Online Retail: the zip of 305 daily files, taken in as it is, gives the figures that are published of it.

Everything goes through the command line, from the import to the tiers: what a user would type is what is tested.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from crmdesk.__main__ import main

ARCHIVE = "purchases/online_retail_by_day.zip"


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command on one file, and gives what it prints as JSON."""

    def command(*arguments):
        assert main([*map(str, arguments), "--file", str(tmp_path / "零售.crmdesk"), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return command


def money_of(told):
    return sum(Decimal(level["money"]) for level in told["tiers"])


def test_a_year_of_daily_files_gives_the_published_tiers(run, shared_data):
    brought = run("import", shared_data / ARCHIVE, "--yes")
    sheets = brought["sheets"]
    assert len(sheets) == 305
    assert sum(sheet["rows"]["skipped"] for sheet in sheets) == 135_080
    assert {row["reason"] for sheet in sheets for row in sheet["skipped"]} == {"no_customer"}

    net = run("tiers")
    assert net["as_of"] == date(2011, 12, 9).isoformat()  # an old list is seen from its own last order
    assert len(run("list", "customers")) == 4372
    assert round(money_of(net), 2) == Decimal("8300065.81")
    # One of the 4,372 was only ever given something for nothing: no money, no tier.
    assert net["without_tier"] == 1
    assert net["spread"]["buyers_for_80"] == 1171

    # What was bought, returns left out: 0 and below is no purchase, so prices of nothing fall out with them.
    run("policy", "apply", "--set", 'returns="ignore"')
    bought = run("tiers")
    assert sum(level["customers"] for level in bought["tiers"]) == 4338
    assert round(money_of(bought), 2) == Decimal("8911407.90")
    # The best fifth are 867 customers.
    assert bought["spread"] == {"buyers": 4338, "buyers_for_80": 1133, "share_of_best_fifth": 0.7459}
