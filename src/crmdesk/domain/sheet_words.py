"""The words of sheets for intent, kind of customer, ways of contact and tiers, and the codes they mean."""

from __future__ import annotations

import re
from typing import Final

from crmdesk.domain.interaction import InteractionKind
from crmdesk.domain.reading import Read
from crmdesk.domain.text import half_width, is_error, plain, says_nothing

_INTENT: Final = {
    "high": (
        "高", "强", "强烈", "很高", "极高", "高意向", "意向高", "意向强", "强意向", "有意向", "重点", "热",
        "hot", "high", "h", "a", "a类", "a级",
    ),
    "medium": (
        "中", "一般", "中等", "普通", "还行", "中意向", "意向中", "考虑中", "温",
        "warm", "medium", "m", "b", "b类", "b级",
    ),
    "low": (
        "低", "弱", "较低", "很低", "低意向", "意向低", "意向弱", "弱意向", "无意向", "没意向", "冷",
        "cold", "low", "l", "c", "c类", "c级",
    ),
}  # fmt: skip
_INTENT_CODES: Final = {word: code for code, words in _INTENT.items() for word in words}
_COMPANY: Final = re.compile(
    r"企业|公司|单位|机构|法人|团体|组织|company|business|corporate|enterprise|b2b|organization", re.I
)
_PERSON: Final = re.compile(r"个人|个体|自然人|散客|私人|消费者|person|individual|consumer|private|home office", re.I)
_CONTACT_WAYS: Final = (
    (InteractionKind.WECHAT, re.compile(r"微信|wechat|qq|企微|钉钉|旺旺|抖音|短信|在线", re.I)),
    (InteractionKind.VISIT, re.compile(r"拜访|上门|到店|到访|走访|实地|门店|visit", re.I)),
    (InteractionKind.MEETING, re.compile(r"会议|开会|面谈|见面|面访|会谈|展会|meeting", re.I)),
    (InteractionKind.MAIL, re.compile(r"邮件|邮箱|mail|信函", re.I)),
    (InteractionKind.CALL, re.compile(r"电话|去电|来电|致电|通话|回访|call|phone|tel", re.I)),
)
_TIER: Final = re.compile(
    r"[a-e][+-]?(?:[类级等]|客户)?|[sa]{1,3}|v?[1-9]|[一二三四五1-5][星级等]级?|[★☆⭐]{1,5}|s?vip\d?|[金银铜钻黄铂白]+[卡牌石]?(?:会员)?"
    r"|(?:战略|重要|重点|核心|关键|优质|大|一般|普通|潜在|低价值|高价值|中|小|vip|准|意向|长期|临时|高级|中级|初级|钻石|黄金|白银|青铜|铂金|至尊|尊享)(?:客户|会员|级)?"
    r"|[高中低](?:等|级|价值|端)?|high|medium|low|gold|silver|bronze|platinum|diamond",
    re.I,
)


def read_intent(value: object, stars: int = 3) -> Read[str]:
    """高/中/低, 强/弱, ★★★ as high, medium, low; else flagged. `stars`: the most that the column gives."""
    text = half_width(plain(value)).lower().replace(" ", "")
    if says_nothing(text):
        return Read(None)
    if is_error(text):
        return Read(None, "cell_error")
    if code := _INTENT_CODES.get(text) or _INTENT_CODES.get(text.removeprefix("意向").removesuffix("意向")):
        return Read(code)
    if re.fullmatch(r"[★☆⭐]+", text):
        share = (text.count("★") + text.count("⭐")) / max(stars, 3)
        return Read("high" if share > 0.7 else "medium" if share > 0.5 else "low")
    return Read(None, "intent_unknown")


def read_kind(value: object) -> Read[str]:
    """企业 or 个人 as company or person; another word is flagged."""
    text = plain(value)
    if says_nothing(text):
        return Read(None)
    if _PERSON.search(text):
        return Read("person")
    return Read("company") if _COMPANY.search(text) else Read(None, "kind_unknown")


def interaction_kind(text: str) -> str:
    """The way of a contact by its words; a note where they name none."""
    for kind, words in _CONTACT_WAYS:
        if words.search(text):
            return kind.value
    return InteractionKind.NOTE.value


def looks_like_tier(text: str) -> bool:
    """Whether a text is a usual word for a tier: A, Ａ类, ★★★, VIP, 重要客户."""
    return bool(_TIER.fullmatch(half_width(text).replace(" ", "")))


def looks_like_kind(text: str) -> bool:
    """Whether a text tells a company from a person."""
    return len(text) <= 12 and bool(_PERSON.search(text) or _COMPANY.search(text))


def looks_like_intent(text: str) -> bool:
    """Whether a text is a usual word for an intent."""
    return read_intent(text).value is not None
