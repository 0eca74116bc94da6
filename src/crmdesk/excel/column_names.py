"""Which of several columns is the customer's name, its contact, its only code; what becomes of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from crmdesk.domain.fields import Field
from crmdesk.excel.column_guess import Guess, holds_days

_RANK: Final = {"company": 0, "": 1, "person": 2, "place": 3, "staff": 4}
# Several columns of these go together; of all others the best one counts and the rest are the user's own.
_SEVERAL: Final = frozenset(
    {
        Field.PHONE,
        Field.CONTACT_PHONE,
        Field.CONTACT_NAME,
        Field.CONTACT_TITLE,
        Field.WECHAT,
        Field.QQ,
        Field.EMAIL,
        Field.FAX,
        Field.NOTES,
        Field.TAGS,
        Field.EXTRA,
        Field.DO_NOT_IMPORT,
        Field.ROW_NUMBER,
        Field.INTERACTION_ON,
        Field.INTERACTION_KIND,
        Field.INTERACTION_SUMMARY,
        Field.FOLLOW_UP_ON,
        Field.FOLLOW_UP_SUMMARY,
        Field.ORDERED_ON,
        Field.NAME,
    }
)
_AMOUNTS: Final = frozenset({Field.LINE_AMOUNT, Field.ORDER_AMOUNT, Field.ORDER_TOTAL})
_PAID: Final = ("实收", "实付", "实际支付")
_BLOCKS: Final = (Field.INTERACTION_ON, Field.INTERACTION_KIND, Field.INTERACTION_SUMMARY)
_REACH: Final = frozenset({Field.PHONE, Field.CONTACT_PHONE, Field.WECHAT, Field.QQ, Field.EMAIL})
_DIFFERENT: Final = 0.9  # of the contacts have a name of their own
_REPEATED: Final = 0.2  # of the rows name the company of the row above
_MOSTLY: Final = 0.5  # of the cells
_PLANS: Final = (Field.FOLLOW_UP_ON, Field.FOLLOW_UP_SUMMARY)


def settle_names(guesses: Sequence[Guess]) -> None:
    """The best name column is the customer's; a person beside a company is its contact; without any, a contact's."""
    _leave_out_own_shop(guesses)
    names = [guess for guess in guesses if guess.field is Field.NAME and guess.mark not in ("first", "last")]
    parts = [guess for guess in guesses if guess.field is Field.NAME and guess.mark in ("first", "last")]
    most = max((guess.profile.filled for guess in names), default=0.0)
    usable = [guess for guess in names if guess.profile.filled * 2 >= most]
    best = min(usable, key=lambda guess: (_RANK.get(guess.mark, 1), -guess.confidence, guess.index), default=None)
    for guess in names:
        if guess is not best and best is not None:
            _place_other_name(guess, best)
    _settle_parts(parts, best)
    if best is None and not parts:
        _borrow_name(guesses)


def _leave_out_own_shop(guesses: Sequence[Guess]) -> None:
    """A shop's name that never changes beside other names or ids is the user's own shop."""
    who = [guess for guess in guesses if guess.field in (Field.NAME, Field.CODE, Field.CONTACT_NAME)]
    for guess in who:
        texts = guess.profile.texts
        if guess.mark == "company" and len(who) > 1 and len(texts) >= 5 and len(set(texts)) == 1:
            guess.keep_as_own(0.8)


def _place_other_name(guess: Guess, best: Guess) -> None:
    person = guess.mark == "person" or guess.profile.people > 0.6
    if guess.mark == "staff":  # a doctor of the hospital that buys; beside a patient one of our own
        person = best.mark in ("company", "place") or best.profile.organisations > _MOSTLY
    if person and best.mark != "person" and not best.profile.people > 0.6:
        guess.take(Field.CONTACT_NAME, 0.8)
    else:
        guess.keep_as_own(0.6)


def _settle_parts(parts: Sequence[Guess], best: Guess | None) -> None:
    """First and last names make up the name, or beside a company's the contact's."""
    for guess in parts:
        if best is None:
            guess.options["part"] = guess.mark
        elif best.mark == "company":
            guess.take(Field.CONTACT_NAME)
            guess.options["part"] = guess.mark
        else:
            guess.keep_as_own(0.8)


def _borrow_name(guesses: Sequence[Guess]) -> None:
    """A sheet without a name column: the account's name, the contact, the short name stands for it."""
    for guess in guesses:
        if guess.field is Field.CODE and guess.mark == "name":
            guess.options["also_name"] = True
            return
    for wanted in (Field.CONTACT_NAME, Field.SHORT_NAME):
        found = [guess for guess in guesses if guess.field is wanted and not guess.profile.empty]
        if found:
            found[0].take(Field.NAME, found[0].confidence * 0.9)
            found[0].options.pop("slot", None)
            return


def settle_contact_rows(guesses: Sequence[Guess], rows: Sequence[Sequence[object]]) -> None:
    """Contacts under a company that stands over several rows: the phone behind a contact's name is that contact's."""
    company = _only(guesses, Field.NAME)
    person = _only(guesses, Field.CONTACT_NAME)
    if company is None or person is None or "part" in company.options or person.profile.distinct < _DIFFERENT:
        return
    behind = [guess.index for guess in guesses if guess.field in _REACH and guess.index > person.index]
    # A contact may be a number alone.
    named = [row[company.index] for row in rows if any(row[place] != "" for place in (person.index, *behind))]
    blank = sum(cell == "" for cell in named)
    repeated = len(named) - blank - len({cell for cell in named if cell != ""})
    if repeated + blank < max(2, _REPEATED * len(named)):
        return
    company.options["several"] = True
    for guess in guesses:
        if guess.index in behind:
            guess.options["slot"] = person.options["slot"]
    if blank and _goes_on(guesses, rows, company):
        company.options["carry"] = True


def _goes_on(guesses: Sequence[Guess], rows: Sequence[Sequence[object]], company: Guess) -> bool:
    """Whether rows without a company go on with the one above: what is the company's is blank in all of them, too.

    Without any such column they may as well be people of no company, and nothing is carried down.
    """
    below = [row for row in rows if row[company.index] == ""]
    above = [row for row in rows if row[company.index] != ""]
    return (
        bool(above)
        and rows[0][company.index] != ""
        and any(
            all(row[guess.index] == "" for row in below)
            and sum(row[guess.index] != "" for row in above) >= _DIFFERENT * len(above)
            for guess in guesses
            if guess is not company
        )
    )


def _only(guesses: Sequence[Guess], wanted: Field) -> Guess | None:
    """The one column of a field; None where there are several or none."""
    found = [guess for guess in guesses if guess.field is wanted and not guess.profile.empty]
    return found[0] if len(found) == 1 else None


def settle_owner(guesses: Sequence[Guess]) -> None:
    """负责人 beside 业务员 is the customer's person in charge, not ours."""
    owners = [guess for guess in guesses if guess.field is Field.OWNER and not guess.profile.empty]
    chiefs = [guess for guess in owners if guess.header.strip() == "负责人"]
    if len(owners) > 1 and chiefs and not any(guess.field is Field.CONTACT_NAME for guess in guesses):
        chiefs[0].take(Field.CONTACT_NAME, 0.7)


def settle_contacts(guesses: Sequence[Guess]) -> None:
    """Numbered contacts keep their numbers with the phones beside them; 联系人电话 alone is a plain phone."""
    people = [guess for guess in guesses if guess.field is Field.CONTACT_NAME and "part" not in guess.options]
    for number, guess in enumerate(people, 1):
        guess.options["slot"] = number
    _number_by_place(guesses, people)
    for guess in guesses:
        if guess.field is Field.CONTACT_PHONE and not people:
            guess.take(Field.PHONE)
        elif guess.field is Field.CONTACT_TITLE and not any(g.field is Field.CONTACT_NAME for g in guesses):
            guess.keep_as_own(0.7)
        if guess.field in (Field.PHONE, Field.WECHAT, Field.QQ, Field.EMAIL, Field.FAX):
            beside = len(people) > 1 and guess.options.get("slot", 0) in range(1, len(people) + 1)
            if not beside:
                guess.options.pop("slot", None)


def _number_by_place(guesses: Sequence[Guess], people: Sequence[Guess]) -> None:
    """联系人 | 电话 | 联系人 | 电话: a phone without a number belongs to the contact it stands behind."""
    headers = [guess.header.strip() for guess in people]
    if len(people) < 2 or len(set(headers)) == len(headers):
        return
    for guess in guesses:
        before = [person for person in people if person.index < guess.index]
        if guess.field in (Field.PHONE, Field.CONTACT_PHONE, Field.CONTACT_TITLE, Field.WECHAT) and before:
            guess.options.setdefault("slot", before[-1].options["slot"])


def settle_blocks(guesses: Sequence[Guess]) -> None:
    """Repeating blocks: the second 跟进时间 belongs to the second 跟进内容, numbered or not."""
    for fields in (_BLOCKS, _PLANS):
        counted: dict[Field, int] = defaultdict(int)
        one_day = sum(guess.field is fields[0] for guess in guesses) == 1
        for guess in guesses:
            if guess.field in fields:
                counted[guess.field] += 1
                place = 1 if one_day else counted[guess.field]  # what is said of one day belongs together
                guess.options["slot"] = int(guess.options.get("slot", 0)) or place


def settle_numbered_talks(guesses: Sequence[Guess]) -> None:
    """日期1 | 内容1 | 日期2 | 内容2: numbered pairs of a day and a text are talks, though no word of them says so."""
    pairs: dict[int, dict[Field, Guess]] = defaultdict(dict)
    for guess in guesses:
        meant = guess.match.by_shape.get("interactions", (Field.EXTRA, ""))[0]
        dated = meant is not Field.INTERACTION_ON or holds_days(guess)
        if guess.match.slot and guess.field is Field.EXTRA and meant in _BLOCKS and dated:
            pairs[guess.match.slot].setdefault(meant, guess)
    whole = {slot: pair for slot, pair in pairs.items() if pair.keys() >= {_BLOCKS[0], _BLOCKS[2]}}
    for slot, pair in whole.items() if len(whole) > 1 else ():
        for field, guess in pair.items():
            guess.take(field, 0.85)
            guess.options["slot"] = slot


def settle_singles(guesses: Sequence[Guess]) -> None:
    """Of several columns for a field that takes one, the best one counts; the rest stay the user's own."""
    by_field: dict[Field, list[Guess]] = defaultdict(list)
    for guess in guesses:
        if guess.field not in _SEVERAL:
            by_field[guess.field].append(guess)
    for found in by_field.values():
        best = max(found, key=lambda guess: (not guess.profile.empty, _is_paid(guess), guess.confidence, -guess.index))
        for guess in found:
            if guess is not best:
                guess.keep_as_own(0.6)
    _settle_days(guesses)
    _settle_notes(guesses)


def _is_paid(guess: Guess) -> bool:
    """Whether an amount is what was paid: beside 应收, from which a discount is still to be taken, 实收 counts."""
    return guess.field in _AMOUNTS and any(word in guess.header for word in _PAID)


def _settle_days(guesses: Sequence[Guess]) -> None:
    """Of two order days (付款时间, 创建时间) the first of the word list counts, the other fills its blanks."""
    days = [guess for guess in guesses if guess.field is Field.ORDERED_ON]
    best = max(days, key=lambda guess: (guess.profile.filled > 0.5, "付款" in guess.header, -guess.index), default=None)
    for guess in days:
        if guess is not best:
            guess.options["backup"] = True


def _settle_notes(guesses: Sequence[Guess]) -> None:
    """The first plain notes column stands alone; what others say is put behind, under their header."""
    notes = [guess for guess in guesses if guess.field is Field.NOTES]
    plain = [guess for guess in notes if guess.mark != "*" and "label" not in guess.options]
    others = [guess for guess in notes if guess not in plain[:1]]
    for guess in [*others, *(g for g in guesses if g.field is Field.PHONE and g.mark == "*")]:
        guess.options["label"] = guess.header
