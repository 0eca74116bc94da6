"""Who brought whom, on the raw driver: the word a customer's row keeps, and the customer that it means."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

from crmdesk.domain.referral import Brought, Referrals, meant, spellings
from crmdesk.storage.batches import IN_LIST, text_list

if TYPE_CHECKING:
    from sqlite3 import Connection as Raw

# Not those whose referrer was deleted: who comes back by undo is meant again, and a namesake never was.
_OPEN: Final = "SELECT id, referred_by FROM customers WHERE referred_by <> '' AND referrer_id IS NULL"
_BROUGHT: Final = """
    SELECT c.id, coalesce(nullif(c.name, ''), c.code), g.purchase_days, g.order_total
    FROM customers c LEFT JOIN figures g ON g.customer_id = c.id WHERE c.referrer_id = ?
    ORDER BY coalesce(g.order_total, 0) DESC, g.purchase_days DESC, c.id
"""


class Namesakes(NamedTuple):
    """The customers that are called by a name, and those with a contact of that name."""

    named: set[int]
    contacts: set[int]


def namesakes(raw: Raw, names: Collection[str]) -> dict[str, Namesakes]:
    """Whom each of these names may mean; every name has an entry."""
    found = {name: Namesakes(set(), set()) for name in names}
    if not found:
        return found
    wanted = (text_list(list(found)),)
    for column in ("name", "short_name", "code"):
        # Said once more that it is not empty: only then the indexes of those that are not can be used.
        sql = f"SELECT {column}, id FROM customers WHERE {column} {IN_LIST} AND {column} <> ''"  # noqa: S608 - our own columns
        for name, customer in raw.execute(sql, wanted).fetchall():
            found[name].named.add(customer)
    sql = f"SELECT name, customer_id FROM contacts WHERE name {IN_LIST} AND name <> ''"  # noqa: S608 - our own columns
    for name, customer in raw.execute(sql, wanted).fetchall():
        found[name].contacts.add(customer)
    return found


def candidates(word: str, known: dict[str, Namesakes], but: int) -> Namesakes:
    """Whom a word may mean by the first of its spellings that anybody has; nobody brought himself."""
    for name in spellings(word):
        named, contacts = known[name].named - {but}, known[name].contacts - {but}
        if named or contacts:
            return Namesakes(named, contacts)
    return Namesakes(set(), set())


def link(raw: Raw) -> None:
    """Find the customer behind every word that has none yet, where only one can be meant."""
    pending = raw.execute(_OPEN).fetchall()
    if not pending:
        return
    known = namesakes(raw, _spelled(word for _, word in pending))
    found = [(meant(*candidates(word, known, customer)), customer) for customer, word in pending]
    raw.executemany(
        "UPDATE customers SET referrer_id = ?1, version = version + 1 WHERE id = ?2 AND referrer_id IS NOT ?1",
        [one for one in found if one[0] is not None],
    )


def hand_over(raw: Raw, keep: int, other: int) -> None:
    """Whom the other brought is brought by this one; a pair that is one now did not bring itself."""
    raw.execute("UPDATE customers SET referrer_id = ?, version = version + 1 WHERE referrer_id = ?", (keep, other))
    raw.execute("UPDATE customers SET referrer_id = NULL, referred_by = '' WHERE id = ?1 AND referrer_id = ?1", (keep,))


def of_customer(raw: Raw, customer: int) -> Referrals:
    """Who brought a customer and whom it brought; nothing of one that is gone."""
    row = raw.execute(
        "SELECT c.referred_by, r.id, coalesce(nullif(r.name, ''), r.code) FROM customers c"
        " LEFT JOIN customers r ON r.id = c.referrer_id WHERE c.id = ?",
        (customer,),
    ).fetchone()
    brought = tuple(Brought(*one) for one in raw.execute(_BROUGHT, (customer,)).fetchall())
    if row is None:
        return Referrals()
    word, referrer, name = row
    if not word or referrer is not None:
        return Referrals(word, (referrer, name) if referrer is not None else None, brought=brought)
    found = candidates(word, namesakes(raw, _spelled([word])), customer)
    return Referrals(word, None, len(found.named or found.contacts), brought)


def _spelled(words: Iterable[str]) -> set[str]:
    return {name for word in words for name in spellings(word)}
