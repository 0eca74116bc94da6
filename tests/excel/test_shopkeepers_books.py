"""Books as shopkeepers keep them, kind by kind: what a person would say of each row is what comes out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmdesk.domain.fields import Field
from crmdesk.domain.money import to_money
from crmdesk.excel.draft import open_reading
from crmdesk.progress import Progress


def read(path: Path, text: str):
    path.write_text(text, encoding="utf-8")
    with open_reading(path, Progress()) as reading:
        rows = [row for chunk in reading.rows(0, Progress()) for row in chunk]
        return reading.sheets[0], rows


def fields(draft) -> dict[str, str]:
    return {column.header: column.field.value for column in draft.columns}


def codes(row) -> list[tuple[str, str]]:
    return [(issue[1], issue[3]) for issue in row.issues]


def test_debts_of_a_noodle_shop_are_purchases_of_whoever_ate(tmp_path):
    text = (
        "老马牛肉面 欠账本,,,,,\n日子,谁,吃了啥,欠多少,还了没,备注\n"
        "2026.11.3,修车铺小刘,2碗大碗+1蛋,28,还了,\n11.4,对门王姐,3碗,30,没,老公姓陈\n"
        "11月6,工地李工头 13712340001,盒饭15份,225,还一半,\n,〃,盒饭12份,180元,没,\n2026.11.9,对门王姐,外卖,１３,√,\n"
        "一共,,,463,,\n"
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert draft.kind == "orders"
    assert [row.values["name"] for row in rows] == ["修车铺小刘", "对门王姐", "工地李工头", "工地李工头", "对门王姐"]
    assert [row.values["line_amount"] for row in rows] == [to_money(one) for one in (28, 30, 225, 180, 13)]
    assert [row.values.get("ordered_on") for row in rows] == [
        "2026-11-03",
        "2026-11-04",
        "2026-11-06",
        None,
        "2026-11-09",
    ]
    assert rows[2].values["points"] == [("phone", "13712340001", "")]
    assert [skipped.reason for skipped in draft.skipped] == ["title", "total_row"]


def test_doctors_are_contacts_of_their_hospital_each_with_an_own_title(tmp_path):
    text = (
        "拜访日期,医院,科室,医生,职称,拜访内容\n2026-11-02,市第一人民医院,心内科,刘建国、周敏,主任/副主任,送样品\n"
        '2026-11-04,中医院,骨科,"黄丽\n赵强",,科会\n2026-11-09,市第一人民医院,儿科,林主任,主任,不在\n'
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert fields(draft)["医院"] == "name"
    assert [contact[:2] for contact in rows[0].values["contacts"]] == [("刘建国", "主任"), ("周敏", "副主任")]
    assert [contact[0] for contact in rows[1].values["contacts"]] == ["黄丽", "赵强"]
    assert all(not row.issues for row in rows)


def test_beside_a_patient_the_doctor_is_our_own(tmp_path):
    draft, rows = read(
        tmp_path / "a.csv", "患者姓名,电话,医生,医院\n王芳,13800138000,刘建国,总院\n李强,13900139000,周敏,分院\n"
    )
    assert fields(draft) == {"患者姓名": "name", "电话": "phone", "医生": "extra", "医院": "extra"}
    assert [row.values["name"] for row in rows] == ["王芳", "李强"]


def test_the_school_buys_and_not_the_teacher_who_signs(tmp_path):
    text = (
        "文具店往来账2026年,,,,,,\n农历日期,学校,经手老师,货品,数量,单价(元),金额\n"
        "正月十六,实验小学,张老师,作业本,500本,1.2,600\n八月廿五,希望中学,李老师,奖状,两百张,0.8元/张,160\n"
        "腊月初八,实验小学,张老师,粉笔,半箱,160,80\n合計,,,,,,840\n"
    )
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["name"] for row in rows] == ["实验小学", "希望中学", "实验小学"]
    assert rows[0].values["contacts"][0][0] == "张老师"
    # 腊月初八 of 2026 is still to come: the one that is over is meant, and all three say so.
    assert [row.values["ordered_on"] for row in rows] == ["2026-03-04", "2026-10-05", "2026-01-26"]
    assert [codes(row) for row in rows] == [[("A", "date_lunar")]] * 3
    assert [row.values["quantity"] for row in rows] == [500_000, 200_000, 500]
    assert rows[1].values["price"] == to_money(0.8)


@pytest.mark.parametrize("where", ["2025年度销售汇总(万元)", "销售汇总,,单位：万元"])
def test_a_unit_told_above_the_table_goes_for_all_its_amounts(tmp_path, where):
    draft, rows = read(
        tmp_path / "a.csv",
        f"{where}\n经销商,手机,累计金额,返点(元)\n宏图贸易,13900010001,150.5,300\n海达商行,13900010002,180,200\n",
    )
    assert [row.values["order_total"] for row in rows] == [to_money(1_505_000), to_money(1_800_000)]
    assert next(column for column in draft.columns if column.header == "累计金额").options["unit"] == 10_000


def test_a_header_in_yuan_is_believed_below_a_title_of_myriads(tmp_path):
    _draft, rows = read(
        tmp_path / "a.csv", "汇总(万元)\n客户,手机,累计金额(元)\n王姐,13900010001,3500\n李哥,13900010002,120\n"
    )
    assert [row.values["order_total"] for row in rows] == [to_money(3500), to_money(120)]


def test_cells_in_plain_yuan_below_a_title_of_myriads_are_asked_about(tmp_path):
    draft, _rows = read(
        tmp_path / "a.csv", "汇总(万元)\n客户,手机,累计金额\n王姐,13900010001,35000\n李哥,13900010002,12800\n"
    )
    assert next(column for column in draft.columns if column.header == "累计金额").options == {"ask": "unit"}


def test_traditional_characters_are_read_as_simplified_ones_and_kept_as_written(tmp_path):
    text = (
        "客戶名稱,聯絡人,電話,手機,地區,等級,最近購買,累計消費,備註\n"
        '鴻運貿易有限公司,陳大文,0592-5551234,1.39E+10,廈門,★★★,2026/9/1,"12,800",老客\n'
        "順發五金行,李小姐,,13900020002.0,廣東東莞,★,2026/10/12,3.5萬,\n龍門客棧,林生,,13900020004,福建省廈門市,★,2025/12/30,伍仟元整,\n"
        "合計,,,,,,,52800,\n"
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert draft.header_row == 1
    assert [row.values["name"] for row in rows] == ["鴻運貿易有限公司", "順發五金行", "龍門客棧"]
    assert [row.values["region"][1] for row in rows] == ["厦门市", "东莞市", "厦门市"]
    assert [row.values["order_total"] for row in rows] == [to_money(one) for one in (12_800, 35_000, 5_000)]
    assert codes(rows[0]) == [("D", "phone_digits_lost")]
    assert rows[1].values["points"] == [("phone", "13900020002", "")]
    assert [skipped.reason for skipped in draft.skipped] == ["total_row"]


def test_vegetables_are_priced_by_the_pound(tmp_path):
    text = (
        "客户,品种,斤数,单价(元/斤),金额(元),日期\n聚福楼,土豆,120斤,1.5元/斤,180,2026/10/1\n"
        "聚福楼,五花肉,30.5斤,14.8/斤,451.4,2026/10/1\n夜市老陈,土豆,半斤,1.5,0.75,2026/10/3\n夜市老陈,大葱,2斤半,2,5,2026/10/3\n"
    )
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["product"] for row in rows] == ["土豆", "五花肉", "土豆", "大葱"]
    assert [row.values["price"] for row in rows] == [to_money(one) for one in (1.5, 14.8, 1.5, 2)]
    assert [row.values["quantity"] for row in rows] == [120_000, 30_500, 500, 2_500]
    assert all(not row.issues for row in rows)


def test_cards_of_a_salon_are_no_tiers_and_two_names_are_flagged(tmp_path):
    text = (
        '卡号,姓名,电话,卡类型,卡余额\nNO.1,陈小姐,138-1111-0001,储值卡,"2,020.00"\nNO.2,李娟/李梅(姐妹),13811110004,次卡,-150\n'
        "NO.3,何小姐,1381111OOO5,储值卡,0\n"
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert fields(draft)["卡类型"] == "extra"
    assert [codes(row) for row in rows] == [[], [("B", "name_two")], [("C", "phone_letters")]]
    assert rows[2].values["points"] == [("phone", "13811110005", "")]


def test_gold_and_silver_cards_are_tiers(tmp_path):
    draft, _rows = read(
        tmp_path / "a.csv", "姓名,电话,卡类型\n陈姐,13811110001,金卡\n李姐,13811110002,银卡\n王姐,13811110003,金卡\n"
    )
    assert fields(draft)["卡类型"] == "tier_given"


def test_contacts_with_their_numbers_in_one_cell_are_people_each(tmp_path):
    text = (
        "客户全称,合同号,合同金额(元),联系人及电话\n附属医院,HT01,36k,设备科 王工 13500010001\n"
        "第二印染厂,HT02,8万5,厂长 老徐13500010002，财务0571-82001234\n"
    )
    _draft, rows = read(tmp_path / "a.csv", text.replace("，", "，"))
    assert rows[0].values["contacts"] == [("设备科 王工", "", "", [("phone", "13500010001", "")])]
    assert rows[1].values["contacts"] == [
        ("厂长 老徐", "", "", [("phone", "13500010002", "")]),
        ("财务", "", "", [("phone", "0571-82001234", "")]),
    ]


def test_members_of_a_household_are_contacts_and_not_three_householders(tmp_path):
    text = (
        "户主,成员,关系,手机\n陈建军,陈建军,本人,13300010001\n陈建军,林芳,妻,13300010002\n陈建军,陈晨,子,\n"
        "徐丽,徐丽,本人,13300010003\n"
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert draft.kind == "contacts"
    assert rows[1].values["contacts"] == [("林芳", "妻", "", [("phone", "13300010002", "")])]


def test_numbers_that_hide_the_receiver_keep_their_extension(tmp_path):
    _draft, rows = read(
        tmp_path / "a.csv",
        "收件人,收件人手机,收件地址\n李娜,13700010002-3321,上海市浦东新区张江路88弄\n陈晨,17012345678转1234,杭州市西湖区文三路1号\n",
    )
    assert [row.values["points"][0][1] for row in rows] == ["13700010002-3321", "17012345678-1234"]


def test_an_exporters_dollars_are_said_to_be_dollars(tmp_path):
    text = (
        'No.,Customer,Order Date,PO No.,Amount (USD)\n1,Schmidt GmbH,05/03/2026,PO-1001,"12,500.00"\n'
        '2,ABC Trading LLC,13/03/2026,PO-1002,"8,200.50"\n'
        '3,Nguyen Co.,28/05/2026,PO-1004,"1,150.00"\nTotal,,,,"21,850.50"\n'
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["ordered_on"] for row in rows] == ["2026-03-05", "2026-03-13", "2026-05-28"]
    assert [row.values["order_number"] for row in rows] == ["PO-1001", "PO-1002", "PO-1004"]
    assert [(note.code, note.values["currency"]) for note in draft.notes] == [("currency_told", "USD")]


def test_every_line_of_a_memo_gives_its_name_whatever_stands_first(tmp_path):
    text = (
        "周一要货的：\n老孙饭店 13200010001 土豆50斤\n红星超市 13200010002\n13200010003 东门烧烤\n"
        "幸福里3栋 王阿姨 不接电话\n"
    )
    draft, rows = read(tmp_path / "a.txt", text)
    assert [row.values["name"] for row in rows] == ["老孙饭店", "红星超市", "东门烧烤", "王阿姨"]
    assert [codes(row) for row in rows] == [[], [], [("A", "name_first_word")], [("A", "name_first_word")]]
    assert draft.columns[0].field is Field.NAME


def test_viewings_of_a_flat_are_talks_each_with_its_day(tmp_path):
    text = (
        "序,客户姓名,手机,意向,带看1,反馈1,带看2,反馈2\n1,周军,13600010001,高,2026/10/7,嫌楼层低,2026/10/12,满意\n"
        "2,吴芳,13600010002,中,2026/10/9,太吵,,\n3,钱多,13600010004,强,2026/10/22,考虑,2026/11/1,再看\n"
    )
    draft, rows = read(tmp_path / "a.csv", text)
    assert fields(draft)["序"] == "row_number"
    assert [(day, words) for day, _, words in rows[0].values["interactions"]] == [
        ("2026-10-07", "嫌楼层低"),
        ("2026-10-12", "满意"),
    ]


def test_what_stands_on_every_printed_page_is_no_customer(tmp_path):
    head = (
        "销售出库单列表,,,,,,\n打印日期：2026-11-20,,,,,第 {n} 页,共 2 页\n"
        "行号,单据日期,单据编号,客户名称,数量,含税金额,业务员\n"
    )
    page = "{n},2026-09-0{n},CK-{n},宏达五金,2,103.5,张三\n,本页小计,,,2,103.5,\n"
    text = "".join((head + page).format(n=n) for n in (1, 2)) + ",总计,,,4,207,\n"
    draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["line_amount"] for row in rows] == [to_money(103.5)] * 2
    reasons = [skipped.reason for skipped in draft.skipped]
    assert reasons == ["title", "title", "total_row", "title", "title", "repeated_header", "total_row", "total_row"]


def test_commas_of_prose_part_no_columns(tmp_path):
    text = (
        "1、李涛，15854897009 不要发票\n2、B68便利店 13158697331 要两箱\n"
        "3、周敏，16045343568 要两箱\n4、吴超 17352058694 送到门口\n"
    )
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["name"] for row in rows] == ["李涛", "B68便利店", "周敏", "吴超"]
    assert [row.values["notes"] for row in rows] == ["不要发票", "要两箱", "要两箱", "送到门口"]


def test_a_unit_that_nobody_answered_for_is_flagged_without_a_window(tmp_path, clock):
    from crmdesk.operations.files import create_file
    from crmdesk.operations.importing import import_preview, preview_sheets

    path = tmp_path / "a.csv"
    path.write_text("客户,手机,累计金额(万元)\n王姐,13900010001,35000\n李哥,13900010002,12800\n", encoding="utf-8")
    db = create_file(tmp_path / "a.crmdesk", clock)
    with preview_sheets(db, [path]) as preview:
        issues = import_preview(db, preview).sheets[0].issues
    db.close()
    assert [issue.code for issue in issues] == ["amount_unit_asked"]


def test_a_file_for_each_day_without_any_column_of_days_is_that_day_s_purchases(tmp_path):
    draft, rows = read(tmp_path / "2026-10-03.csv", "客户,商品,金额\n王姐,茶,30\n李哥,杯,20\n")
    assert draft.kind == "orders"
    assert [row.values["ordered_on"] for row in rows] == ["2026-10-03"] * 2
    assert [note.code for note in draft.notes] == ["sheet_name_told"]
    assert all(not row.issues for row in rows)


def test_rows_between_headings_of_days_are_of_those_days(tmp_path):
    text = "客户,商品,金额\n2026年10月1日,,\n王姐,茶,30\n李哥,杯,20\n2026-10-02,,\n王姐,杯,10\n"
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [(row.values["name"], row.values.get("ordered_on")) for row in rows] == [
        ("王姐", "2026-10-01"),
        ("李哥", "2026-10-01"),
        ("王姐", "2026-10-02"),
    ]


def test_commas_in_a_few_lines_of_a_list_part_no_columns(tmp_path):
    text = (
        "收货信息\n王芳 13800138000 浙江省杭州市西湖区文三路1号\n李强 13900139000 江苏省苏州市姑苏区干将路88号\n"
        "赵敏,13700137000,上海市浦东新区张江路88弄\n"
    )
    _draft, rows = read(tmp_path / "a.csv", text)
    assert [row.values["name"] for row in rows] == ["王芳", "李强", "赵敏"]
    assert [row.values["points"][0][1] for row in rows] == ["13800138000", "13900139000", "13700137000"]


def test_ids_that_a_shop_exports_as_formulas_are_the_ids(tmp_path):
    text = '订单编号,买家会员名,买家实际支付金额,订单创建时间\n="3141592653589793238",小明,128.00,2026-11-01 10:00:00\n'
    _draft, rows = read(tmp_path / "a.csv", text)
    assert rows[0].values["order_number"] == "3141592653589793238"


def test_yes_and_no_under_vip_are_no_tiers(tmp_path):
    draft, _rows = read(tmp_path / "a.csv", "Client,Phone,VIP\nAcme,13800138000,Y\nBlue Ltd,13900139000,N\n")
    assert fields(draft)["VIP"] == "extra"


def test_columns_called_by_the_days_of_the_week_are_columns(tmp_path):
    text = "鲜奶配送,,,,,,\n店名,电话*,周一：,周二,周  三,周四：,周五\n"
    text += "".join(f"{name}超市,1380013800{place},1,5件,停,停,2\n" for place, name in enumerate("王李张刘陈杨赵黄"))
    draft, rows = read(tmp_path / "a.csv", text)
    assert draft.header_row == 2
    assert len(rows) == 8
    assert rows[0].extra == {"周一": "1", "周二": "5件", "周三": "停", "周四": "停", "周五": "2"}
