"""What headers say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crmdesk.domain.fields import Field
from crmdesk.excel.columns import header_score
from crmdesk.excel.header_words import match_header, names_yuan

F = Field

# The words that real sheets use, by the fields that a reader may take them for.
SEEN: list[tuple[set[F], str]] = [
    ({F.ROW_NUMBER, F.CODE, F.ORDER_NUMBER}, "序号 编号 No. 行号"),
    (
        {F.NAME},
        "客户名称 客户姓名 姓名 客户 公司名称 企业名称 客户/公司全称 单位名称 单位 店名 门店名称 商户名称 会员姓名 "
        "购货单位 往来单位 "
        "CompanyName AccountName Customer Name",
    ),
    ({F.SHORT_NAME, F.CODE}, "公司简称 客户简称 助记码 客户代码 客户编号 客户ID 会员编号 会员卡号 档案编号"),
    ({F.KIND}, "客户类型(个人/企业) 性质 客户性质"),
    ({F.CONTACT_NAME}, "联系人 企业联系人/法人 联系人1 联系人2 KeyContact 对接人 收货人 经办人 老板 负责人(对方)"),
    ({F.CONTACT_TITLE}, "职务 职位 岗位"),
    ({F.SALUTATION}, "称呼"),
    ({F.PHONE}, "手机 手机号(码) 联系电话 电话 座机 固话 联系方式 电话1 电话2 备用电话 Tel Mobile Phone"),
    ({F.WECHAT, F.QQ, F.EMAIL, F.FAX}, "微信(号) QQ号 QQ/E-mail 邮箱 电子邮箱 Email 传真"),
    ({F.EXTRA}, "钉钉 旺旺 信用等级"),
    ({F.REGION, F.CITY}, "地区 客户区域 所属区域 省/市/区 城市 片区 市场"),
    ({F.ADDRESS}, "地址 联系地址 收货地址 送货地址"),
    ({F.INDUSTRY, F.SIZE}, "行业 所属行业 行业类别 规模 公司规模 主营"),
    ({F.TIER_GIVEN}, "客户等级 客户级别 重要程度 会员等级 等级 级别 星级 ABC 客户类别"),
    ({F.SOURCE}, "客户来源 来源渠道 线索来源 信息来源 怎么知道我们的"),
    ({F.REFERRED_BY}, "介绍人 推荐人 转介绍人 谁介绍的 ReferredBy"),
    ({F.STAGE_GIVEN, F.ORDER_STATUS}, "状态 跟进状态 销售阶段 合作状态 进度 是否成交"),
    ({F.INTENT}, "意向 意向度 意向评级"),
    ({F.RECEIVABLE}, "欠款 应收 未付"),
    ({F.BALANCE}, "余额 储值"),
    ({F.REWARD_POINTS}, "积分"),
    ({F.OWNER}, "负责人 业务员 归属销售 跟进人 跟单员 客户经理"),
    ({F.FIRST_ORDER_ON}, "首次购买日期 首单日期 开户日期 成交日期"),
    ({F.LAST_ORDER_ON}, "最近购买日期 末次购买日期 末购日期 最近到店 上次拿货 LastPurchaseDate"),
    ({F.ORDER_COUNT}, "购买频次 购买次数 下单次数 交易次数 到店次数"),
    ({F.ORDER_TOTAL}, "累计金额(万元) 累计消费 总消费 销售额 年消费额 成交额 实收"),
    ({F.ORDERED_ON}, "消费日期 服务日期"),
    (
        {
            F.ORDER_NUMBER,
            F.PRODUCT,
            F.QUANTITY,
            F.PRICE,
            F.LINE_DISCOUNT,
            F.LINE_COST,
            F.LINE_PROFIT,
            F.ORDER_AMOUNT,
            F.EXTRA,
        },
        "订单号 商品名称 品名 规格 数量 单价 折扣 成本 毛利 订单金额",
    ),
    (
        {F.INTERACTION_SUMMARY, F.INTERACTION_KIND, F.INTERACTION_ON},
        "跟进记录 跟进方式 跟进时间 拜访时间 沟通内容 回访记录",
    ),
    ({F.FOLLOW_UP_ON, F.FOLLOW_UP_SUMMARY}, "下次跟进时间 下次联系 下一步行动 待办"),
    ({F.BIRTHDAY}, "生日 出生日期 农历生日"),
    ({F.NOTES, F.TAGS}, "备注 客户需求 需求描述 意向产品 客户标签 喜好 竞品 账期"),
]
WORDS = [(word, fields) for fields, words in SEEN for word in words.split()]


@pytest.mark.parametrize(("word", "fields"), WORDS)
def test_every_header_word_of_real_sheets_is_known(word, fields):
    match = match_header(word)
    meanings = [*match.by_shape.values(), *([match.sure] if match.sure else [])]
    assert {field for field, _ in meanings} & fields


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("客 户 名 称", F.NAME),
        ("姓　名", F.NAME),
        ("手机号(必填)*", F.PHONE),
        ("客户编号\n(必填)", F.CODE),
        ("联系方式/微信", F.WECHAT),
        ("联系方式 电话", F.PHONE),
        ("会员手机号", F.PHONE),
        ("客户的地址", F.ADDRESS),
        ("联系人电话", F.CONTACT_PHONE),
        ("联系人二电话", F.CONTACT_PHONE),
        ("最近一次到店消费时间", F.LAST_ORDER_ON),
        ("跟进记录 时间", F.INTERACTION_ON),
        ("2024年销售额", F.ORDER_TOTAL),
        ("CustomerID", F.CODE),
        ("InvoiceNo", F.ORDER_NUMBER),
        ("InvoiceDate", F.ORDERED_ON),
        ("UnitPrice", F.PRICE),
        ("StockCode", F.PRODUCT_CODE),
        ("sls_order_dt", F.ORDERED_ON),
        ("cst_id", F.CODE),
        ("E-mail 1 - Value", F.EMAIL),
        ("买家实际支付金额", F.ORDER_AMOUNT),
        ("订单付款时间", F.ORDERED_ON),
        ("退款金额", F.ORDER_REFUND),
        ("客户 ID", F.CODE),
        ("行 ID", F.ROW_NUMBER),
    ],
)
def test_headers_in_other_dress(header, field):
    sure = match_header(header).sure
    assert sure is not None
    assert sure[0] is field


@pytest.mark.parametrize("header", ["信用等级", "客户信用评级", "身份证号", "是否加微信", "随便什么", "Book ID"])
def test_traps_and_unknown_headers_stay_the_users_own(header):
    match = match_header(header)
    assert not match or match.sure == (F.EXTRA, "")


@pytest.mark.parametrize("header", ["参与次数", "活动参与次数", "赠与金额", "涉及金额", "客户和解金额", "或许金额"])
def test_a_sign_for_and_within_a_word_parts_nothing(header):
    assert not match_header(header)


@pytest.mark.parametrize(
    ("header", "field"), [("电话和微信", F.PHONE), ("QQ或微信", F.QQ), ("姓名及电话", F.NAME), ("QQ/其他和别的", F.QQ)]
)
def test_of_two_known_words_the_first_counts(header, field):
    found = match_header(header)
    assert found.sure is not None and found.sure[0] is field


@pytest.mark.parametrize("header", ["金额(元)", "单价（元/斤）", "金额元", "单价元/斤", "金额元(含税)", "金额(元整)"])
def test_a_header_says_yuan(header):
    assert names_yuan(header)


@pytest.mark.parametrize("header", ["元月销售额", "元旦金额", "元宵金额", "10元店金额", "金额(万元)", "金额"])
def test_a_header_with_another_word_of_that_sign_says_no_unit(header):
    assert not names_yuan(header)


def test_numbers_and_units_in_a_header_are_kept():
    assert match_header("联系人2").slot == 2
    assert match_header("第二次跟进时间").slot == 2
    assert match_header("累计金额(万元)").unit == 10_000
    assert match_header("金额/千元").unit == 1000
    assert match_header("金额（元）").unit == 1


@pytest.mark.parametrize(
    "row",
    [
        ["店名", "地址", "联系人", "电话"],
        ["序号", "客户名称", "", "手机", "累计消费(元)", "备注"],
        ["CustomerID", "First_Name", "Last_Name", "Phone_Number", "Address"],
        ["ID", "消费金额", "消费时间", "备注"],
    ],
)
def test_a_header_row_scores_high(row):
    assert header_score(row) > 0.8


@pytest.mark.parametrize(
    "row",
    [
        ["2024年客户信息表", "", "", ""],
        ["制表人：张三", "", "填表日期：2024-03-05", ""],
        ["悦佳生活超市", "湛江市赤坎区", "张老板", 13800138000.0],
        [1.0, "张三", "13800138000", "2024-03-05"],
        ["", "", "", ""],
    ],
)
def test_titles_and_data_score_low(row):
    assert header_score(row) < 0.3


@given(st.text(max_size=30))
def test_any_header_can_be_looked_up(header):
    match_header(header)
    assert 0 <= header_score([header, header]) <= 1
