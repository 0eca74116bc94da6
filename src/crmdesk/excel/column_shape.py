"""Whether a sheet holds a row per customer, per purchase or per contact made; and the fields that this settles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.excel.column_guess import Guess
from crmdesk.excel.column_profile import Profile
from crmdesk.excel.header_words import Match, spelled

ORDER_FIELDS: Final = frozenset(
    {
        Field.ORDER_NUMBER,
        Field.ORDERED_ON,
        Field.ORDER_STATUS,
        Field.ORDER_AMOUNT,
        Field.ORDER_REFUND,
        Field.PRODUCT,
        Field.PRODUCT_CODE,
        Field.PRICE,
        Field.QUANTITY,
        Field.LINE_AMOUNT,
        Field.LINE_COST,
        Field.LINE_PROFIT,
        Field.LINE_DISCOUNT,
    }
)
_CUSTOMER_FIELDS: Final = frozenset(
    {
        Field.ORDER_TOTAL,
        Field.FIRST_ORDER_ON,
        Field.LAST_ORDER_ON,
        Field.ORDER_COUNT,
        Field.TIER_GIVEN,
        Field.STAGE_GIVEN,
        Field.INTENT,
        Field.SOURCE,
        Field.REFERRED_BY,
        Field.BIRTHDAY,
        Field.FOLLOW_UP_ON,
        Field.INDUSTRY,
    }
)
_MONEY_OR_GOODS: Final = frozenset(
    {Field.ORDER_AMOUNT, Field.LINE_AMOUNT, Field.PRODUCT, Field.QUANTITY, Field.PRICE, Field.LINE_PROFIT}
)
_BARE: Final = 4  # columns of a list that says no more than who came when
WHO: Final = frozenset({Field.NAME, Field.CODE, Field.PHONE, Field.CONTACT_NAME})


def shape_of(matches: Sequence[Match], profiles: Sequence[Profile], *, dated: bool = False) -> str:
    """`orders`, `customers` or `interactions`, by the headers and by whether customers repeat.

    `dated`: something else than a column tells when the purchases were.
    """
    told = [(match, seen) for match, seen in zip(matches, profiles, strict=True) if match and not seen.empty]
    sure = [match.sure[0] for match, _ in told if match.sure and match.sure[1] != "maybe"]
    # 日期1, 内容1, 日期2 stand beside each other for one customer: a purchase has one day.
    single = [(meaning[0], seen) for match, seen in told if not match.slot and (meaning := match.meaning("orders"))]
    as_orders = [found for found, _ in single]
    dated = dated or any(found is Field.ORDERED_ON and seen.days + seen.numbers > 0.5 for found, seen in single)
    valued = any(found in _MONEY_OR_GOODS for found in as_orders)
    order_signs = len(ORDER_FIELDS.intersection(sure))
    customer_signs = len(_CUSTOMER_FIELDS.intersection(sure))
    repeated = _repeats(told)
    if Field.ORDER_NUMBER in sure and (dated or valued or not WHO.intersection(sure)) and customer_signs < 4:
        return "orders"
    if dated and valued and (repeated or customer_signs < 2 or order_signs > customer_signs + 1):
        return "orders"
    talked = Field.INTERACTION_SUMMARY in sure or Field.INTERACTION_ON in sure
    if repeated and talked:
        return "interactions"
    if dated and repeated and len(told) <= _BARE:
        return "orders"
    return "customers"


def _repeats(told: Sequence[tuple[Match, Profile]]) -> bool:
    """Whether the customers of the sheet stand in several rows each."""
    for wanted in (Field.CODE, Field.NAME):
        shares = [
            seen.distinct
            for match, seen in told
            if match.sure
            and match.sure[0] is wanted
            and match.sure[1] not in ("first", "last")
            and len(seen.values) >= 4
        ]
        if shares:
            return max(shares) < 0.9
    return False


_IN_CUSTOMERS: Final = {
    Field.ORDERED_ON: Field.LAST_ORDER_ON,
    Field.ORDER_AMOUNT: Field.ORDER_TOTAL,
    Field.LINE_AMOUNT: Field.ORDER_TOTAL,
    Field.PRODUCT: Field.NOTES,
    Field.LINE_PROFIT: Field.ORDER_PROFIT_TOTAL,
}


_ORDERS_ONLY: Final = ORDER_FIELDS | {Field.ORDER_DISCOUNT, Field.ORDERED_AT, Field.PRODUCT_GROUP}


def settle_customers(guesses: Sequence[Guess]) -> None:
    """Where a row is a customer, what would be an order's is the customer's total, a note, or stays."""
    fields = {guess.field for guess in guesses}
    for guess in guesses:
        if guess.field not in _ORDERS_ONLY:
            continue
        instead = _IN_CUSTOMERS.get(guess.field)
        if instead is Field.NOTES:
            guess.options["label"] = guess.header
            guess.take(Field.NOTES, 0.6)
        elif instead and instead not in fields:
            guess.take(instead, 0.6)
        else:
            guess.keep_as_own(0.6)


def settle_orders(guesses: Sequence[Guess], sample: Sequence[Sequence[object]]) -> None:
    """Where a row is a purchase or a line of one: which amount is the order's, which the line's."""
    _totals_are_amounts(guesses)
    number = _first(guesses, Field.ORDER_NUMBER)
    order_amount, line_amount = _first(guesses, Field.ORDER_AMOUNT), _first(guesses, Field.LINE_AMOUNT)
    in_lines = number is not None and number.profile.distinct < 0.98
    goods = any(guess.field in (Field.PRODUCT, Field.QUANTITY, Field.PRICE, Field.PRODUCT_CODE) for guess in guesses)
    if order_amount and line_amount:
        if not in_lines or not (line_amount.match.sure and line_amount.match.sure[0] is Field.LINE_AMOUNT):
            line_amount.keep_as_own(0.6)
    elif order_amount and number and in_lines and not _same_within(sample, number.index, order_amount.index):
        order_amount.take(Field.LINE_AMOUNT, 0.75)
    elif line_amount and not goods:
        line_amount.take(Field.ORDER_AMOUNT)
    elif not order_amount and not line_amount:
        _price_is_amount(guesses)


def settle_staff(guesses: Sequence[Guess]) -> None:
    """Beside customer_id, user_id is the code of whoever keyed the order in."""
    codes = [guess for guess in guesses if guess.field is Field.CODE]
    if any(spelled(guess.header).startswith("customer") for guess in codes):
        for guess in codes:
            if spelled(guess.header) in _STAFF:
                guess.keep_as_own(0.8)


_STAFF: Final = frozenset({"userid", "staffid", "employeeid"})
_OF_CUSTOMERS_ONLY: Final = frozenset(
    {Field.ORDER_COUNT, Field.ORDER_PROFIT_TOTAL, Field.RECEIVABLE, Field.BALANCE, Field.REWARD_POINTS}
)


def _totals_are_amounts(guesses: Sequence[Guess]) -> None:
    fields = {guess.field for guess in guesses}
    for guess in guesses:
        if guess.field is Field.ORDER_TOTAL:
            missing = not fields & {Field.ORDER_AMOUNT, Field.LINE_AMOUNT}
            guess.take(Field.LINE_AMOUNT if missing else Field.EXTRA, 0.6)
        elif guess.field in (Field.LAST_ORDER_ON, Field.FIRST_ORDER_ON):
            guess.take(Field.EXTRA if Field.ORDERED_ON in fields else Field.ORDERED_ON, 0.6)
        elif guess.field in _OF_CUSTOMERS_ONLY:
            guess.keep_as_own(0.6)


def _price_is_amount(guesses: Sequence[Guess]) -> None:
    """A price without any quantity is what was paid."""
    price = _first(guesses, Field.PRICE)
    if price and not any(guess.field is Field.QUANTITY for guess in guesses):
        price.take(Field.LINE_AMOUNT, 0.7)


def _first(guesses: Sequence[Guess], wanted: Field) -> Guess | None:
    found = [guess for guess in guesses if guess.field is wanted]
    return max(found, key=lambda guess: (not guess.profile.empty, guess.confidence), default=None)


def _same_within(sample: Sequence[Sequence[object]], number: int, amount: int) -> bool:
    """Whether all lines of an order show the same amount, so that it is the order's."""
    amounts: dict[object, set[object]] = defaultdict(set)
    lines: dict[object, int] = defaultdict(int)
    for row in sample:
        if max(number, amount) < len(row) and row[number] != "":
            amounts[row[number]].add(row[amount])
            lines[row[number]] += 1
    several = [key for key, count in lines.items() if count > 1]
    return bool(several) and sum(len(amounts[key]) == 1 for key in several) >= 0.8 * len(several)
