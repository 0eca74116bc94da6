"""The order export of Shopify, whose headers mean something else than anywhere: Name is the order's number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.excel.column_guess import Guess
from crmdesk.excel.header_words import spelled

_SIGNS: Final = frozenset({"financialstatus", "lineitemname", "lineitemprice", "name"})
_MEANT: Final = {
    "name": Field.ORDER_NUMBER,
    "total": Field.ORDER_AMOUNT,  # on the first line of an order, once for all its lines
    "subtotal": Field.EXTRA,
    "id": Field.EXTRA,  # of the order, not of who bought
    "shippingname": Field.EXTRA,
}


def settle_shop_export(guesses: Sequence[Guess]) -> None:
    """Set the columns right where the headers are those of this export."""
    headers = {spelled(guess.header) for guess in guesses}
    if not headers >= _SIGNS:
        return
    for guess in guesses:
        wanted = _MEANT.get(spelled(guess.header))
        if wanted is not None and not guess.profile.empty:
            guess.take(wanted, 0.95)
            guess.options.clear()
