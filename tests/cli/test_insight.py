"""What 分析 shows, from a shell: every chart as its sentence, one with its rows and the customers behind it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crmdesk.__main__ import main
from crmdesk.clock import Clock
from crmdesk.operations.insight_more import FURTHER
from crmdesk.operations.sample import create_sample
from crmdesk.progress import Progress


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "示例.crmdesk"
    create_sample(path, Clock(date(2026, 11, 22)), Progress())
    return path


@pytest.fixture
def told(sample, capsys):
    """What a chart, or the list of all of them, prints as JSON."""

    def ask(*chart):
        assert main(["insight", *chart, "--file", str(sample), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return ask


def test_every_chart_that_the_data_allow_is_a_sentence(told):
    charts = {row["chart"]: row["sentence"] for row in told()}
    assert list(charts)[:6] == ["tiers", "stages", "months", "quiet", "pareto", "rfm_grid"]
    assert set(FURTHER) <= set(charts)
    assert all(len(sentence) > 5 and "\n" not in sentence for sentence in charts.values())


def test_a_chart_has_its_rows_with_money_as_text_and_customers_by_id(told, sample, capsys):
    tiers = told("tiers")
    assert [row["tier"] for row in tiers["values"]] == ["A", "B", "C", "D"]
    assert isinstance(tiers["values"][0]["money"], str)
    moves = told("tier_moves")["values"]
    everybody = [one for ids in moves["who"].values() for one in ids]
    assert everybody
    assert all(isinstance(one, str) for one in everybody)
    assert told("rising")["values"][0]["customer_id"].isdecimal()
    assert told("forecast")["values"]["model"]["name"] == "MBG/NBD"
    assert main(["insight", "tiers", "--file", str(sample)]) == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("A\t")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("stages", "Dormant\t"),
        ("quiet", " days"),
        ("loss_reasons", "Too dear"),
        ("rising", "unseen"),
        ("value_potential", "much potential\t"),
    ],
)
def test_a_chart_speaks_in_words_and_not_in_codes(sample, capsys, name, words):
    assert main(["insight", name, "--file", str(sample)]) == 0
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(FURTHER))
def test_every_further_chart_is_lines_as_well(sample, capsys, name):
    assert main(["insight", name, "--file", str(sample)]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 1


def test_a_chart_that_the_data_do_not_allow_is_refused_in_a_sentence(filled):
    assert filled("insight", "cohorts") == 1
    assert "cohorts" in filled.err
    assert filled("insight") == 0
    assert filled.out.startswith("tiers\t")
