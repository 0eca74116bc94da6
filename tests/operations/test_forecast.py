"""What is expected of the customers of a file."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from crmdesk.domain.customer import Customer
from crmdesk.domain.phrase import Phrase, Refused
from crmdesk.operations.customers import add_customer
from crmdesk.operations.forecast import customer_codes, forecast
from crmdesk.storage.database import Database
from crmdesk.storage.rows import insert_rows
from crmdesk.words.forecast_sentences import outlook_phrase, trial_phrase
from crmdesk.words.phrases import say

TODAY = date(2026, 11, 22)


@pytest.fixture
def sell(database: Database):
    """Fills the file with customers who come every so often, and some who stop."""

    def fill(count: int, *, days: int = 400) -> list[int]:
        chance = random.Random(7)
        with database.write("import_sheets", file="test") as step:
            ids = list(step.new_ids(count))
            insert_rows(step.raw, "customers", ("id", "name", "code"), ((key, f"客户{key}", f"K{key}") for key in ids))
            rows = []
            for key in ids:
                ago, usual = chance.randrange(days // 3, days), chance.choice((10, 25, 60))
                while ago > 0 and chance.random() > 0.06:
                    rows.append((key, (TODAY - timedelta(days=ago)).isoformat(), chance.randrange(20, 90) * 10_000))
                    ago -= max(1, round(chance.expovariate(1 / usual)))
            new = step.new_ids(len(rows))
            bought = ((key, *row) for key, row in zip(new, rows, strict=True))
            insert_rows(step.raw, "orders", ("id", "customer_id", "ordered_on", "amount"), bought)
        return ids

    return fill


def test_everybody_who_bought_has_an_expectation(database, sell):
    ids = sell(200)
    found = forecast(database)
    assert set(found.ids.tolist()) <= set(ids)
    assert date.fromordinal(found.until) == TODAY
    assert found.trial is not None
    assert customer_codes(database)[ids[0]] == f"K{ids[0]}"


def test_a_forecast_knows_nothing_of_what_comes_after_its_day(database, sell):
    sell(300)
    until = TODAY - timedelta(days=100)
    found = forecast(database, until=until)
    assert found.trial.end == until.toordinal()
    assert found.age.max() <= 300


def test_few_customers_are_refused_in_a_sentence_and_fitted_anyway(database, sell):
    sell(50)
    with pytest.raises(Refused) as refused:
        forecast(database)
    assert "80" in say(refused.value.phrase)
    assert len(forecast(database, anyway=True).ids) <= 50


def test_where_nobody_came_again_nothing_is_made_up(database):
    add_customer(database, Customer(name="王姐超市"))
    with pytest.raises(Refused) as refused:
        forecast(database, anyway=True)
    assert say(refused.value.phrase).startswith("还没有人再来过")


def test_totals_of_a_sheet_are_enough(database):
    chance = random.Random(3)
    with database.write("import_sheets", file="test") as step:
        rows = []
        for key in step.new_ids(150):
            first = TODAY - timedelta(days=chance.randrange(100, 300))
            last = first + timedelta(days=chance.randrange(0, 100))
            count = 1 if last == first else chance.randrange(2, 9)
            rows.append((key, f"客户{key}", first.isoformat(), last.isoformat(), count, count * 500_000))
        columns = ("given_first_order_on", "given_last_order_on", "given_order_count", "given_order_total")
        insert_rows(step.raw, "customers", ("id", "name", *columns), rows)
    found = forecast(database)
    assert len(found.ids) == 150
    assert found.trial is None  # no single orders, so there is nothing to try it on


def test_the_sentences_are_the_ones_of_the_screen(database, sell):
    sell(200)
    found = forecast(database)
    assert "试过：预计" in say(trial_phrase(found.trial))
    assert say(outlook_phrase(found.outlooks[0])).startswith("接下来 30 天：预计来 ")
    assert trial_phrase(None) == Phrase("forecast_no_trial")
