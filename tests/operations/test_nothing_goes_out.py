"""Nothing that a customer may come to see says what we think of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from crmdesk.domain.customer import Customer, Point
from crmdesk.domain.order import Order
from crmdesk.operations import tiers
from crmdesk.operations.customers import add_customer, set_tier
from crmdesk.operations.exporting import export_customers
from crmdesk.operations.orders import add_order
from crmdesk.operations.passports import estimate
from crmdesk.operations.policies import ready_policies
from crmdesk.progress import Progress
from crmdesk.storage.database import Database
from crmdesk.words.labels import LABELS, label


def test_an_address_card_holds_no_tier_stage_intent_or_estimate(database: Database, tmp_path: Path) -> None:
    person = Customer(
        name="王姐超市", intent="high", tier_given="老赖", notes="爱拖账", points=(Point("phone", "13800138000"),)
    )
    customer = add_customer(database, person).new_id
    assert customer is not None
    add_order(database, Order(customer_id=customer, ordered_on=date(2026, 11, 1), amount=90_000_000))
    estimate(database, customer, "potential", "low", reason="店面要关")
    told = []
    for policy in ready_policies():
        tiers.apply_policy(database, policy)
        to = tmp_path / f"{policy.ready}.vcf"
        export_customers(database, to, Progress())
        told.append(to.read_text(encoding="utf-8"))
    set_tier(database, customer, "差评户", "总压价")
    export_customers(database, tmp_path / "own.vcf", Progress())
    told.append((tmp_path / "own.vcf").read_text(encoding="utf-8"))
    assert all("王姐超市" in text for text in told)
    cards = "\n".join(told).replace("王姐超市", "")
    own = ("老赖", "差评户", "总压价", "爱拖账", "店面要关", "9000", "9,000", "VIP", "潜力", "等级")
    stages = [say_label(code) for code in LABELS if code.startswith(("stage.", "intent.")) and not code.endswith(".")]
    assert [word for word in (*own, *stages) if word in cards] == []
    assert len(set(told)) == 1  # and nothing in it changes with the tier


def say_label(code: str) -> str:
    group, _, name = code.partition(".")
    return label(group, name)
