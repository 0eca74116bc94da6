"""Made-up customers of a wholesaler: names, orders by each shop's own rhythm, contacts; the same every time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from crmdesk.i18n import current_language
from crmdesk.paths import resource

SEED: Final = 20
CUSTOMERS: Final = 140
PROSPECTS: Final = 24
HISTORY_DAYS: Final = 720
# Usual interval in days, how many in ten shops have it, and the size of an order against the usual one.
RHYTHMS: Final = ((9, 2, 1.6), (21, 3, 1.2), (35, 3, 1.0), (75, 1, 1.4), (330, 1, 2.5))
GONE_QUIET: Final = 0.2
HARD_BARGAIN: Final = range(76, 80)  # how much a large one takes who has the price beaten down to what the goods cost
BEATEN_DOWN: Final = 0.96
ONCE_SHARE: Final = 0.18  # came once so far, lately or months ago

Row = list[str | int | float | date | None]


@dataclass(frozen=True)
class SampleTable:
    """One sheet of the sample: its name, its headers, its rows."""

    name: str
    headers: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class SampleCare:
    """The words for what keeps customers: offers, contracts, answers with their score, gifts."""

    offers: list[str]
    contracts: list[str]
    answers: list[tuple[int, str]]
    gifts: list[str]


@dataclass(frozen=True)
class Sample:
    """The three sheets, and the words for follow-ups and promises that are added after the import."""

    title: str
    customers: SampleTable
    orders: SampleTable
    contacts: SampleTable
    next_steps: list[str]
    promises: list[str]
    losses: list[tuple[str, str]]  # a reason's code and what they said
    care: SampleCare
    talks: list[tuple[str, str, str, int, str]]  # needs, what hurts, offer, price, what speaks against it


class _Maker:
    """Draws everything from one seeded source, so the sample looks the same on every machine."""

    def __init__(self, today: date) -> None:
        self.today, self.random = today, Random(SEED)
        self.words: dict[str, Any] = json.loads(
            resource("sample", f"{current_language()}.json").read_text(encoding="utf-8")
        )

    def pick(self, what: str) -> Any:  # noqa: ANN401 - the words of the file are texts and pairs
        return self.random.choice(self.words[what])

    def customers(self) -> Iterator[Row]:
        names = [(word, *shop) for word in self.words["first_words"] for shop in self.words["shops"]]
        self.random.shuffle(names)
        for number, (word, shop, trade) in enumerate(names[: CUSTOMERS + PROSPECTS], 1):
            surname, given = self.pick("surnames"), self.pick("given")
            chinese = current_language() == "zh"
            yield [
                f"K{number:04}",
                f"{word}{shop}" if chinese else f"{word} {shop}",
                f"{surname}{given}" if chinese else f"{given} {surname}",
                f"{surname}{self.pick('salutations')}" if chinese else f"{self.pick('salutations')} {surname}",
                f"13{self.random.randrange(10**8, 10**9)}",
                f"wx_{self.random.randrange(10**5, 10**6)}" if self.random.random() < 0.6 else None,
                self.pick("regions"),
                self.words["street_form"].format(street=self.pick("streets"), number=self.random.randrange(1, 300)),
                trade,
                self.pick("sources"),
                self.pick("intents") if number > CUSTOMERS else None,
                self.birthday(),
                self.pick("notes"),
            ]

    def birthday(self) -> date | None:
        if self.random.random() > 0.3:
            return None
        return date(1960, 1, 1) + timedelta(days=self.random.randrange(40 * 365))

    def purchase_days(self) -> tuple[list[date], float]:
        """The days a shop bought on, and the size of its orders against the usual one."""
        usual, _weight, size = self.random.choices(RHYTHMS, [weight for _days, weight, _size in RHYTHMS])[0]
        first = self.today - timedelta(days=round(self.random.triangular(usual, HISTORY_DAYS, HISTORY_DAYS)))
        last = self.today - timedelta(days=self.random.randrange(2, max(3, usual)))
        if self.random.random() < GONE_QUIET:
            last -= timedelta(days=int(usual * self.random.uniform(1.8, 5)))
        if self.random.random() < ONCE_SHARE:
            first = self.today - timedelta(days=round(self.random.triangular(3, 500, 12)))
            return [first], size
        days: list[date] = []
        day = last
        while day >= first or not days:
            days.append(day)
            day -= timedelta(days=max(1, round(self.random.gauss(usual, usual * 0.18))))
        return days[::-1], size

    def orders(self, customers: list[Row]) -> Iterator[Row]:
        number = 0
        for customer in customers[:CUSTOMERS]:
            days, size = self.purchase_days()
            size *= self.random.lognormvariate(0, 0.7)
            beaten_down = int(len(days) * size) in HARD_BARGAIN
            for day in days:
                number += 1
                for product, price, cost in self.random.sample(self.words["products"], self.random.randrange(1, 4)):
                    count = max(1, round(self.random.gauss(8, 3) * size))
                    spent = round(price * BEATEN_DOWN) if beaten_down else cost
                    bought: Row = [product, count, price, count * price, count * spent]
                    yield [f"D{day:%y%m%d}{number:05}", customer[0], customer[1], day, *bought]

    def contacts(self, customers: list[Row]) -> Iterator[Row]:
        for customer in customers:
            for _visit in range(self.random.randrange(0, 4)):
                day = self.today - timedelta(days=self.random.randrange(1, 120))
                yield [customer[0], customer[1], day, self.pick("ways"), self.pick("said")]


def make_sample(today: date) -> Sample:
    """The sample as of a day, in the current language."""
    maker = _Maker(today)
    words = maker.words
    customers = list(maker.customers())
    orders = sorted(maker.orders(customers), key=lambda row: (str(row[3]), str(row[0])))
    contacts = sorted(maker.contacts(customers), key=lambda row: str(row[2]))
    return Sample(
        words["title"],
        SampleTable(words["customer_sheet"], words["customer_headers"], customers),
        SampleTable(words["order_sheet"], words["order_headers"], orders),
        SampleTable(words["contact_sheet"], words["contact_headers"], contacts),
        words["next"],
        words["promises"],
        [(reason, said) for reason, said in words["losses"]],
        SampleCare(
            words["offers"], words["contracts"], [(score, said) for score, said in words["answers"]], words["gifts"]
        ),
        [(needs, pain, offer, price, against) for needs, pain, offer, price, against in words["talks"]],
    )
