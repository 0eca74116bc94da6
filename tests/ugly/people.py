"""Columns of lists of customers: what may stand under which header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from ugly import faults, rare
from ugly.faults import CLEAN_DAYS, UGLY_DAYS, Chance, often
from ugly.model import Cell

HEADERS = {
    "name": [
        "客户名称",
        "姓名",
        "客户姓名",
        "店名",
        "公司名称",
        "客户/公司全称",
        "往来单位",
        "客户",
        "会员姓名",
        "单位名称",
        "门店名称",
    ],
    "code": ["客户编号", "会员编号", "客户代码", "会员卡号", "客户ID"],
    "phone": ["手机", "手机号码", "联系电话", "电话", "联系方式", "Tel", "手机号"],
    "region": ["地区", "省市区", "所属区域", "客户区域"],
    "address": ["地址", "联系地址", "送货地址", "收货地址"],
    "contact": ["联系人", "对接人", "老板", "收货人"],
    "wechat": ["微信", "微信号"],
    "email": ["邮箱", "QQ/E-mail", "电子邮箱", "Email"],
    "last_order_on": ["最近购买日期", "末次购买日期", "上次拿货", "最近到店", "最近购买时间"],
    "first_order_on": ["首次购买日期", "首单日期", "开户日期"],
    "order_total": ["累计消费", "累计金额（元）", "总消费", "年消费额", "销售额", "成交额", "实收"],
    "order_total:wan": ["累计金额(万元)", "年销售额（万元）", "累计消费(万)"],
    "order_count": ["购买次数", "下单次数", "到店次数", "购买频次"],
    "receivable": ["欠款", "应收", "未付", "应收款"],
    "balance": ["余额", "储值余额"],
    "intent": ["意向", "意向度", "意向评级"],
    "tier_given": ["客户等级", "客户级别", "重要程度", "会员等级", "级别", "等级", "客户类别"],
    "kind": ["客户类型", "客户性质", "性质"],
    "birthday": ["生日", "出生日期"],
    "source": ["客户来源", "来源渠道", "信息来源", "怎么知道我们的"],
    "owner": ["业务员", "负责人", "归属销售", "客户经理", "跟单员"],
    "industry": ["行业", "所属行业"],
    "stage_given": ["跟进状态", "合作状态", "状态"],
    "province": ["省", "省份"],
    "city": ["市", "城市"],
    "district": ["区", "区县"],
    "landline": ["座机", "固话", "办公电话", "备用电话", "电话2"],
    "notes": ["备注", "客户需求", "说明"],
}
OWN = {
    "信用等级": lambda chance: chance.choice(["A", "B", "AA", "优"]),
    "车牌": lambda chance: f"浙A{chance.randint(10_000, 99_999)}",
    "建档日期": lambda chance: f"2023-0{chance.randint(1, 9)}-15",
    "税率": lambda chance: chance.choice(["13%", "6%"]),
    "店铺面积": lambda chance: f"{chance.randint(20, 300)}平",
}


@dataclass
class Someone:
    """A customer of the truth."""

    name: str
    company: bool
    place: tuple[str, str, str]
    code: str = ""


@dataclass
class Style:
    """How a sheet writes things: per column, how often it is spoilt, and in what forms."""

    chance: Chance
    year: int | None = 2024  # the one year of all its days, if there is one
    headers: dict[str, str] = field(default_factory=dict)
    ugliness: dict[str, float] = field(default_factory=dict)
    forms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tiers: tuple[str, ...] = ()
    yes: tuple[str, str] = ("是", "否")

    def how(self, key: str) -> float:
        """How often a cell of the column is spoilt."""
        return self.ugliness.setdefault(key, self.chance.choice([0.0, 0.1, 0.35]))

    def day(self, key: str) -> Cell:
        """A day of a column: most in one form, some in others."""
        chance = self.chance
        if often(chance, faults.SHARE_LOST):
            return chance.choice([faults.lost_day, faults.lost_day, rare.future_cell, rare.formula_cell])(chance, key)
        if self.year and often(chance, 0.03):
            return chance.choice([rare.dotted_cell, rare.part_of_month_cell, rare.lunar_day_cell])(
                chance, key, self.year
            )
        main = self.forms.setdefault(key, (chance.choice(CLEAN_DAYS),))[0]
        form = chance.choice(UGLY_DAYS) if often(chance, self.how(key)) else main
        year = self.year or chance.choice([2022, 2023, 2024, 2025])
        return faults.day_cell(chance, key, faults.day_of(chance, year), form, year=self.year)


def style(chance: Chance) -> Style:
    """A style by chance; every third sheet has days of several years."""
    made = Style(chance, year=2024 if often(chance, 0.67) else None)
    made.tiers = chance.choice(faults.TIERS)
    made.yes = chance.choice(faults.YES_FAMILIES)
    for key, words in HEADERS.items():
        made.headers[key] = chance.choice(words)
    return made


def follow_up_day(chance: Chance) -> Cell:
    day = date(2026, 11, 23) + timedelta(days=chance.randint(0, 60))
    return faults.cell(chance.choice([day, day.isoformat()]), "plan_day", day.isoformat())


MAKERS: dict[str, Callable[[Style, Someone], Cell]] = {
    "name": lambda s, who: faults.name_cell(s.chance, who.name, s.how("name")),
    "code": lambda s, who: faults.code_cell(s.chance, who.code),
    "phone": lambda s, who: faults.phone_cell(s.chance, s.how("phone")),
    "region": lambda s, who: faults.region_cell(s.chance, who.place, s.how("region")),
    "wechat": lambda s, who: faults.wechat_cell(s.chance, s.how("wechat")),
    "email": lambda s, who: faults.mail_cell(s.chance, s.how("email")),
    "last_order_on": lambda s, who: s.day("last_order_on"),
    "first_order_on": lambda s, who: s.day("first_order_on"),
    "order_total": lambda s, who: faults.amount_cell(
        s.chance, "order_total", faults.amount_of(s.chance), s.how("total")
    ),
    "order_total:wan": lambda s, who: faults.myriad_cell(s.chance, "order_total", s.how("total")),
    "order_count": lambda s, who: faults.count_cell(s.chance, s.how("count")),
    "receivable": lambda s, who: faults.amount_cell(s.chance, "receivable", faults.amount_of(s.chance), s.how("owed")),
    "balance": lambda s, who: faults.amount_cell(s.chance, "balance", faults.amount_of(s.chance), 0.0),
    "intent": lambda s, who: faults.intent_cell(s.chance),
    "tier_given": lambda s, who: faults.tier_cell(s.chance, s.tiers),
    "kind": lambda s, who: faults.kind_cell(s.chance),
    "birthday": lambda s, who: faults.birthday_cell(s.chance, s.how("birthday")),
    "notes": lambda s, who: faults.note_cell(s.chance),
    **{
        key: lambda s, who, key=key: faults.word_cell(s.chance, key)
        for key in ("source", "owner", "industry", "stage_given")
    },
}


def crowd(chance: Chance, names: faults.Names, count: int, place: tuple[str, str, str] | None = None) -> list[Someone]:
    """So many customers, each of another name and code; all at one place where it is given."""
    companies = chance.choice([0.0, 0.5, 1.0])
    start = chance.choice(["KH", "C", "", "VIP0"])
    found = []
    for number in range(count):
        company = often(chance, companies)
        name = names.company() if company else names.person()
        where = place or chance.choice(faults.PLACES)
        found.append(Someone(name, company, where, f"{start}{chance.randint(1, 9)}{number:04}"))
    return found


def contact_cell(chance: Chance, who: str) -> Cell:
    """A person at a company, now and then by a form of address."""
    return faults.cell(chance.choice([who, who, f" {who}"]), "contact", who)


def own_cell(chance: Chance, header: str) -> Cell:
    text = OWN[header](chance)
    return faults.cell(text, f"extra:{header}", text)
