"""What the passport asks, answered where it stands: one field or three buttons, one step that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from crmdesk.domain.amounts import read_amount
from crmdesk.domain.record import CustomerCard
from crmdesk.gui.desk import Desk
from crmdesk.gui.pages.deeds import CardDeeds, act
from crmdesk.gui.widgets.pieces import button
from crmdesk.i18n import _, translatable
from crmdesk.operations import passports
from crmdesk.words.labels import label

LEVELS: Final = ("low", "medium", "high")
_HINTS: Final = {
    "needs": translatable("20 bags a month, before the fair …"),
    "power": translatable("An amount a year: 30000, 30k …"),
    "industry": translatable("Restaurant, tea shop …"),
    "region": translatable("City, district"),
}


def answer_field(parent: QWidget, desk: Desk, card: CustomerCard, code: str) -> QWidget:
    """The field below the question that an exclusion asks; Enter or its button keeps the answer."""
    holder = QWidget(parent)
    holder.setObjectName(f"answer_{code}")
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 2)
    row.setSpacing(6)
    if code == "potential":
        for level in LEVELS:
            choice = button(holder, f"potential_{level}", partial(keep_level, desk, card, level), "chip")
            choice.setText(label("intent", level))
            row.addWidget(choice)
        row.addStretch(1)
        return holder
    # Every exclusion about a region asks for the same fact.
    asked = code if code in _HINTS else "region"
    field = QLineEdit(holder)
    field.setPlaceholderText(_(_HINTS[asked]))
    field.setAccessibleName(_("Answer"))
    keep = partial(_keep, field, KEEPERS[asked], desk, card)
    field.returnPressed.connect(keep)
    verb = button(holder, f"keep_{code}", keep, "")
    verb.setText(_("Keep"))
    row.addWidget(field, 1)
    row.addWidget(verb)
    return holder


def keep_level(desk: Desk, card: CustomerCard, level: str) -> None:
    """Keep the potential."""
    act(desk, lambda db: passports.estimate(db, card.customer.id, "potential", level))


def _keep(field: QLineEdit, keeper: Callable[[Desk, CustomerCard, str], None], desk: Desk, card: CustomerCard) -> None:
    text = field.text().strip()
    if text:
        keeper(desk, card, text)


def _keep_needs(desk: Desk, card: CustomerCard, text: str) -> None:
    act(desk, lambda db: passports.estimate(db, card.customer.id, "needs", reason=text))


def _keep_power(desk: Desk, card: CustomerCard, text: str) -> None:
    read = read_amount(text)
    if read.code or read.value is None:
        desk.told.emit(_('"{text}" could not be read; nothing was changed').format(text=text))
        return
    amount = read.value
    act(desk, lambda db: passports.estimate(db, card.customer.id, "power", amount=amount))


def _keep_fact(key: str, desk: Desk, card: CustomerCard, text: str) -> None:
    CardDeeds(desk).keep_fact(card, key, text)


KEEPERS: Final[dict[str, Callable[[Desk, CustomerCard, str], None]]] = {
    "needs": _keep_needs,
    "power": _keep_power,
    "industry": partial(_keep_fact, "industry"),
    "region": partial(_keep_fact, "region"),
}
