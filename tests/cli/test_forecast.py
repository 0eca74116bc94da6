"""`crmdesk forecast` on the literature's customers, imported as a sheet, and on too few."""

from __future__ import annotations

import csv
import json

import pytest


@pytest.fixture
def cdnow(shell, shared_data):
    """The 2,357 customers of CDNOW as a sheet of orders."""
    sheet = shell.folder / "cdnow.csv"
    with sheet.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["订单号", "客户编号", "订单日期", "订单金额"])
        lines = (shared_data / "purchases" / "CDNOW_sample.txt").read_text().splitlines()
        for number, line in enumerate(lines):
            _master, customer, day, _count, amount = line.split()
            rows.writerow([f"D{number}", customer, f"{day[:4]}-{day[4:6]}-{day[6:]}", amount])
    assert shell("import", sheet, "--yes", "--as-of", "last-order") == 0, shell.err
    return shell


def test_the_published_figures_come_out_of_an_imported_sheet(cdnow):
    told = cdnow.json("forecast", "--until", "1997-09-30", "--unit", "week", "--model", "bg")
    assert list(told) == ["model", "spend", "customers", "backtest"]
    model = told["model"]
    assert (model["name"], model["customers"]) == ("BG/NBD", 2357)
    parameters = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
    assert model["parameters"] == pytest.approx(parameters, abs=1e-3)
    assert model["log_likelihood"] == pytest.approx(-9582.4, abs=0.1)
    assert told["spend"] == pytest.approx({"p": 6.25, "q": 3.744, "v": 15.44}, abs=5e-3)
    first = next(row for row in told["customers"] if row["code"] == "0001")
    assert (first["x"], first["t_x"], first["T"]) == pytest.approx((2, 30.43, 38.86), abs=0.005)
    assert first["alive"] == pytest.approx(0.7266, abs=1e-3)
    assert set(first["expected"]) == set(first["value"]) == {"30", "90", "365"}
    trial = told["backtest"]
    assert (trial["from"], trial["to"], trial["came"]) == ("1997-07-03", "1997-09-30", 704)
    assert trial["forecast"] == pytest.approx(trial["came"], rel=0.1)


def test_the_model_that_lets_go_after_the_first_purchase_is_the_usual_one(cdnow):
    model = cdnow.json("forecast", "--until", "1997-09-30", "--unit", "week")["model"]
    assert model["name"] == "MBG/NBD"
    parameters = {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614}
    assert model["parameters"] == pytest.approx(parameters, abs=1e-3)


def test_without_json_it_speaks(cdnow):
    assert cdnow("forecast") == 0
    assert "来了 491 单" in cdnow.out
    assert "接下来 90 天" in cdnow.out


def test_few_customers_are_a_refusal_with_its_reason(filled):
    assert filled("forecast", "--json") == 1
    told = json.loads(filled.out)
    assert told["refused"] == "forecast_few_customers"
    assert told["reason"] == filled.err.strip()
    assert filled.err.count("\n") == 1


def test_anyway_fits_all_the_same(filled):
    told = filled.json("forecast", "--anyway")
    assert told["model"]["customers"] == 2
    assert told["backtest"] is None


def test_a_day_that_is_none_is_told_in_one_line(filled, capsys):
    with pytest.raises(SystemExit) as left:
        filled("forecast", "--until", "soon")
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
