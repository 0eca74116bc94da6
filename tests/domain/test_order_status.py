"""Which orders count, by the words that shops use."""

from __future__ import annotations

import pytest

from crmdesk.domain.order_status import order_counts, tells_of_return


@pytest.mark.parametrize(
    "status",
    [
        "",
        "交易成功",
        "买家已付款，等待卖家发货",
        "卖家已发货，等待买家确认",
        "订单未关闭",
        "未取消",
        "部分退款",
        "未退款",
        "货到付款",
        "Approved",
        "paid",
        "Shipped",
        "partially_refunded",
        "Partially refunded",
        "fulfilled",
        "pending",
    ],
)
def test_these_count(status):
    assert order_counts(status)


@pytest.mark.parametrize(
    "status",
    [
        "交易关闭",
        "等待买家付款",
        "待付款",
        "未付款",
        "已取消",
        "取消订单",
        "作废",
        "全额退款",
        "已退款",
        "退款成功",
        "已退货",
        "退货",
        "拒收",
        "Cancelled",
        "CANCELED",
        "voided",
        "Refunded",
        "returned",
        "unpaid",
        "TRADE_CLOSED",
        "Awaiting payment",
        "支付失败",
    ],
)
def test_these_do_not(status):
    assert not order_counts(status)


def test_returns_are_told_by_their_words():
    assert tells_of_return("退回")
    assert tells_of_return("Returns")
    assert not tells_of_return("客户回访")
