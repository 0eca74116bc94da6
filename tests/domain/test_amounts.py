"""Amounts, quantities, counts and discounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.amounts import AmountRule, read_amount, read_count, read_pay_share, read_quantity
from crmdesk.domain.money import from_money, to_money


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12,345.60", "12345.6"),
        ("12，345.6", "12345.6"),
        ("￥1,200", "1200"),
        ("¥88", "88"),
        ("35元", "35"),
        ("1000 元整", "1000"),
        ("1.2万", "12000"),
        ("1.2w", "12000"),
        ("12k", "12000"),
        ("3.5万元", "35000"),
        ("3万5", "35000"),
        ("3万5千", "35000"),
        ("1亿2000", "100002000"),
        ("5000+3000", "8000"),
        ("(500)", "-500"),
        ("（500）", "-500"),
        ("-500", "-500"),
        ("￥-500", "-500"),
        ("500-", "-500"),
        ("贰万元整", "20000"),
        ("壹佰贰拾叁元肆角伍分", "123.45"),
        ("壹万零伍拾元整", "10050"),
        ("三千五", "3500"),
        ("一百零二", "102"),
        ("两万", "20000"),
        ("免费", "0"),
        ("0", "0"),
        (129.696, "129.696"),
        (-60.70400000000001, "-60.704"),
        (0.1, "0.1"),
        (3, "3"),
    ],
)
def test_an_amount_is_exact_however_it_is_written(written, amount):
    assert read_amount(written) == (to_money(amount), "", {})


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3000-5000", "amount_range"),
        ("3-5万", "amount_range"),
        ("1.234,50", "amount_grouping"),
        ("12,34", "amount_grouping"),
        ("1,23,456", "amount_grouping"),
        ("1.2.3", "amount_grouping"),
        ("5000/3000", "amount_unreadable"),
        ("5000 3000", "amount_unreadable"),
        ("1200.-", "amount_unreadable"),
        ("欠500", "amount_unreadable"),
        ("待定吧", "amount_unreadable"),
        ("#DIV/0!", "cell_error"),
        ("#N/A!", "cell_error"),
        (float("nan"), "cell_error"),
        (float("inf"), "cell_error"),
        (True, "amount_unreadable"),
        ("99999999999999999", "amount_too_large"),
    ],
)
def test_what_is_no_clear_amount_is_flagged_and_never_0(written, code):
    assert read_amount(written)[:2] == (None, code)


@pytest.mark.parametrize(
    ("written", "code"), [("约5000", "amount_about"), ("5000多", "amount_about"), ("$5000", "amount_currency")]
)
def test_a_rough_amount_is_read_and_flagged(written, code):
    assert read_amount(written)[:2] == (to_money(5000), code)


def test_the_unit_of_the_column_holds_unless_the_cell_names_its_own():
    rule = AmountRule(unit=10_000)
    assert read_amount(3.5, rule).value == to_money(35_000)
    assert read_amount("3.5万", rule).value == to_money(35_000)
    assert read_amount("35000元", rule).value == to_money(35_000)
    assert read_amount(35_000.0, rule)[:2] == (None, "amount_unit_doubtful")


def test_german_amounts_only_where_the_column_is_german():
    rule = AmountRule(german=True)
    assert read_amount("1.234,50", rule).value == to_money("1234.5")
    assert read_amount("12,5", rule).value == to_money("12.5")
    assert read_amount("12.5", rule).code == "amount_grouping"


@pytest.mark.parametrize(
    ("written", "quantity"),
    [(3.0, 3000), ("3箱", 3000), ("3 个", 3000), ("2.5kg", 2500), ("1,200", 1_200_000), ("-3", -3000)],
)
def test_a_quantity_may_have_a_unit(written, quantity):
    assert read_quantity(written) == (quantity, "", {})


def test_counts_are_whole():
    assert read_count("12次").value == 12
    assert read_count(12.5)[:2] == (None, "count_fraction")
    assert read_count("几次").code == "quantity_unreadable"


@pytest.mark.parametrize(
    ("written", "way", "share"),
    [
        ("8折", "", 800_000),
        ("85折", "", 850_000),
        ("8.5折", "", 850_000),
        ("七五折", "", 750_000),
        ("20%off", "", 800_000),
        ("不打折", "", 1_000_000),
        (0.8, "pay_share", 800_000),
        (8, "pay_share", 800_000),
        ("80%", "pay_share", 800_000),
        (0.4, "rate_off", 600_000),
        (0.0, "rate_off", 1_000_000),
    ],
)
def test_a_discount_is_the_share_that_is_paid(written, way, share):
    assert read_pay_share(written, way) == (share, "", {})


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none()))
def test_reading_never_fails(value):
    for rule in (AmountRule(), AmountRule(unit=10_000), AmountRule(german=True)):
        read = read_amount(value, rule)
        assert read.value is None or isinstance(read.value, int)
    read_quantity(value)
    read_count(value)
    read_pay_share(value, "pay_share")


cents = st.decimals(Decimal("-9999999.99"), Decimal("9999999.99"), places=2)


@given(cents, st.sampled_from(["{}", "{:,}", "￥{}", "{}元", "{:,}元", " {} "]))
def test_every_known_form_gives_its_amount_back(amount, form):
    assert read_amount(form.format(amount)) == (to_money(amount), "", {})


@given(cents)
def test_floats_of_cents_are_exact(amount):
    assert from_money(read_amount(float(amount)).value or 0) == amount


@given(st.decimals(Decimal("0.1"), Decimal("999.9"), places=1), st.sampled_from(["万", "w", "W", "万元"]))
def test_ten_thousands(amount, scale):
    assert read_amount(f"{amount}{scale}").value == to_money(amount * 10_000)


@given(st.integers(-(10**9), 10**9), st.integers(1, 9999))
def test_quantities_of_any_float_are_those_of_its_writing(whole, part):
    number = float(f"{whole}.{part:04}")
    assert read_amount(number).value == to_money(str(number))
