"""Two customers made one: what is asked, what is taken without asking, what is lost by choice only."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.customer import Customer
from crmdesk.domain.merging import Choice, Difference, differences, merged

TEXTS = st.sampled_from(("", "甲", "乙"))
AMOUNTS = st.none() | st.integers(0, 3)
CUSTOMERS = st.builds(
    Customer,
    name=TEXTS,
    code=TEXTS,
    city=TEXTS,
    notes=TEXTS,
    birthday=st.sampled_from(("", "1980-01-02", "--03-04")),
    balance=AMOUNTS,
    given_order_count=AMOUNTS,
    given_last_order_on=st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 3)),
    extra=st.dictionaries(TEXTS, st.sampled_from(("子", "丑")), max_size=2),
)


def test_what_only_one_has_is_taken_without_a_question():
    keep, other = (
        Customer(name="王姐超市", city="徐州市"),
        Customer(name="王姐超市", industry="零售", extra={"车牌": "苏C"}),
    )
    assert differences(keep, other) == ()
    made = merged(keep, other, {})
    assert (made.industry, made.city, made.extra) == ("零售", "徐州市", {"车牌": "苏C"})


def test_amounts_add_up_and_notes_stay_both():
    keep, other = Customer(notes="一", balance=1), Customer(notes="二", balance=2)
    assert [difference.proposed for difference in differences(keep, other)] == [Choice.BOTH, Choice.BOTH]
    made = merged(keep, other, {})
    assert (made.notes, made.balance) == ("一\n二", 3)


def test_a_region_is_one_choice():
    keep, other = (
        Customer(province="江苏省", city="徐州市"),
        Customer(province="浙江省", city="杭州市", district="西湖区"),
    )
    assert differences(keep, other) == (Difference("region", ("江苏省", "徐州市", ""), ("浙江省", "杭州市", "西湖区")),)
    made = merged(keep, other, {"region": Choice.OTHER})
    assert (made.province, made.city, made.district) == ("浙江省", "杭州市", "西湖区")


def test_the_first_order_is_the_earlier_one_and_the_last_the_later():
    days = [date(2020, 1, n) for n in range(1, 5)]
    keep = Customer(given_first_order_on=days[1], given_last_order_on=days[3])
    made = merged(keep, Customer(given_first_order_on=days[0], given_last_order_on=days[2]), {})
    assert (made.given_first_order_on, made.given_last_order_on) == (days[0], days[3])


def test_a_birthday_keeps_its_calendar():
    keep = Customer(birthday="1980-08-15", birthday_calendar="solar")
    other = Customer(birthday="1980-08-16", birthday_calendar="lunar")
    assert merged(keep, other, {"birthday": Choice.OTHER}).birthday_calendar == "lunar"
    assert merged(keep, other, {}).birthday_calendar == "solar"
    assert merged(Customer(), other, {}).birthday_calendar == "lunar"


@given(CUSTOMERS, CUSTOMERS)
def test_keeping_everything_of_one_changes_only_its_blanks(keep, other):
    made = merged(keep, other, {difference.field: Choice.KEEP for difference in differences(keep, other)})
    assert {d.field for d in differences(keep, made)} == set()


@given(CUSTOMERS, CUSTOMERS)
def test_taking_everything_of_the_other_leaves_nothing_of_it_behind(keep, other):
    made = merged(keep, other, {difference.field: Choice.OTHER for difference in differences(keep, other)})
    assert differences(other, made) == ()


@given(CUSTOMERS)
def test_a_customer_merged_with_its_like_stays_as_it_is(customer):
    assert merged(customer, customer, {}) == customer
