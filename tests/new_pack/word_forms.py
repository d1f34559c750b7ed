"""Blank Word forms as offices hand them out, drawn with python-docx, each of another habit."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from docx.table import Table

Drawn = str | tuple[str, int] | tuple[str, int, int]
"""A cell: what it says, and how many columns and rows it spans."""

APPLICANTS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
PENALTIES = (
    *(
        "警告",
        "通报批评",
        "罚款",
        "没收违法所得、没收非法财物",
        "暂扣许可证件",
        "降低资质等级",
        "吊销许可证件",
    ),
    *("限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业", "行政拘留", "其他行政处罚", "合计"),
)
LIST = """
基本信息（6项）：办学规模、校级领导班子简介及分工；学校章程及制定的各项规章制度；教职工代表大会相关制度、工作报告；学术委员会相关制度、年度报告；
学校发展规划、年度工作计划及重点工作安排；信息公开年度报告
招生考试信息（8项）：招生章程及特殊类型招生办法；保送生资格及测试结果；考生个人录取信息查询渠道和办法；招生咨询及考生申诉渠道；研究生招生简章；
参加研究生复试的考生成绩；拟录取研究生名单；研究生招生咨询及申诉渠道
财务、资产及收费信息（7项）：财务、资产管理制度；受捐赠财产的使用与管理情况；校办企业资产、负债、国有资产保值增值等信息；物资设备采购和重大基建工程的招投标；
收支预算总表；收支决算总表；收费项目、收费依据、收费标准及投诉方式
人事师资信息（5项）：校级领导干部社会兼职情况；校级领导干部因公出国（境）情况；岗位设置管理与聘用办法；校内中层干部任免、人员招聘信息；教职工争议解决办法
教学质量信息（9项）：本科生占全日制在校生总数的比例、教师数量及结构；专业设置；全校开设课程总门数；主讲本科课程的教授占教授总数的比例；促进毕业生就业的政策措施；
毕业生的规模、结构、就业率；高校毕业生就业质量年度报告；艺术教育发展年度报告；本科教学质量报告
学生管理服务信息（4项）：学籍管理办法；学生奖学金、助学金的申请与管理规定；学生奖励处罚办法；学生申诉办法
学风建设信息（3项）：学风建设机构；学术规范制度；学术不端行为查处机制
学位、学科信息（4项）：授予博士、硕士、学士学位的基本要求；同等学力人员资格审查；新增学位授权点审核办法；拟新增学位授权学科的申报及论证材料
对外交流与合作信息（2项）：中外合作办学情况；来华留学生管理相关规定
其他（2项）：巡视组反馈意见，落实反馈意见整改情况；自然灾害等突发事件应急处理预案、预警信息和处置情况
"""
"""The ten classes of 高等学校信息公开事项清单 with their fifty items."""


def form(title: str = "") -> Document:
    """A new form with that title, centred."""
    document = docx.Document()
    if title:
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(title).bold = True
    return document


def lines(document: Document, *texts: str) -> Document:
    """The document with paragraphs more."""
    for text in texts:
        document.add_paragraph(text)
    return document


def table(document: Document, *rows: Sequence[Drawn]) -> Table:
    """A table of these rows; a cell that another one covers is left out."""
    spans = [[(cell, 1, 1) if isinstance(cell, str) else (*cell, 1)[:3] for cell in row] for row in rows]
    drawn = document.add_table(len(rows), sum(columns for _, columns, _ in spans[0]))
    drawn.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(spans):
        column = 0
        for text, columns, depth in row:
            while (number, column) in taken:
                column += 1
            taken |= {(number + down, column + right) for down in range(depth) for right in range(columns)}
            cell = drawn.cell(number, column)
            if columns > 1 or depth > 1:
                cell = cell.merge(drawn.cell(number + depth - 1, column + columns - 1))
            cell.text = text
            column += columns
    return drawn


def saved(document: Document) -> bytes:
    """The document's bytes."""
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def annual_report_2019() -> bytes:
    """政府信息公开工作年度报告 of 2019: three tables, one of them in blocks, one with 23 rows and seven columns."""
    document = lines(form("××单位2019年政府信息公开工作年度报告"), "一、总体情况", "", "")
    lines(document, "二、主动公开政府信息情况")
    rows: list[Sequence[Drawn]] = []
    change = ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量")
    for block, heads, items in (
        (
            "一",
            ("信息内容", "本年新\n制作数量", "本年新\n公开数量", "对外公开总数量"),
            ("规章", "规范性文件"),
        ),
        ("五", change, ("行政许可", "其他对外管理服务事项")),
        ("六", change, ("行政处罚", "行政强制")),
        ("八", change[:3], ("行政事业性收费",)),
        ("九", ("信息内容", "采购项目数量", "采购总金额"), ("政府集中采购",)),
    ):
        spans = (1, 1, 1, 1) if len(heads) == 4 else (1, 1, 2)
        rows.append([(f"第二十条第（{block}）项", 4)])
        rows.append(list(zip(heads, spans, strict=True)))
        rows += [[item, *(("", span) for span in spans[1:])] for item in items]
    table(document, *rows)
    lines(document, "三、收到和处理政府信息公开申请情况")
    table(document, *_requests())
    lines(document, "四、政府信息公开行政复议、行政诉讼情况")
    table(
        document,
        [("行政复议", 5), ("行政诉讼", 10)],
        [*((label, 1, 2) for label in RESULTS), ("未经复议直接起诉", 5), ("复议后起诉", 5)],
        [*RESULTS, *RESULTS],
        [""] * 15,
    )
    lines(document, "五、存在的主要问题及改进情况", "", "六、其他需要报告的事项", "")
    return saved(document)


def _requests() -> list[Sequence[Drawn]]:
    corner = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    blank = [""] * 7
    rows: list[Sequence[Drawn]] = [
        [(corner, 3, 3), ("申请人情况", 7)],
        [("自然人", 1, 2), ("法人或其他组织", 5), ("总计", 1, 2)],
        APPLICANTS,
        [("一、本年新收政府信息公开申请数量", 3), *blank],
        [("二、上年结转政府信息公开申请数量", 3), *blank],
        [("三、本年度办理结果", 1, 20), ("（一）予以公开", 2), *blank],
        [("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", 2), *blank],
    ]
    for ground, reasons in (
        (
            "（三）不予公开",
            (
                *("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”"),
                *("4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息"),
                *("7.属于行政执法案卷", "8.属于行政查询事项"),
            ),
        ),
        (
            "（四）无法提供",
            (
                "1.本机关不掌握相关政府信息",
                "2.没有现成信息需要另行制作",
                "3.补正后申请内容仍不明确",
            ),
        ),
        (
            "（五）不予处理",
            (
                *("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"),
                *("4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息"),
            ),
        ),
    ):
        for number, reason in enumerate(reasons):
            first: list[Drawn] = [] if number else [(ground, 1, len(reasons))]
            rows.append([*first, reason, *blank])
    rows += [[("（六）其他处理", 2), *blank], [("（七）总计", 2), *blank]]
    return [*rows, [("四、结转下年度继续办理", 3), *blank]]


def university() -> bytes:
    """高等学校信息公开年度报告: eight parts, a school year, a list whose classes span the rows of their items."""
    document = form("××大学20××—20××学年信息公开工作年度报告")
    lines(
        document,
        "本报告中所列数据的统计期限自20  年9月1日起至20  年8月31日止。"
        "联系部门：__________，联系电话：__________。",
        *("一、概述", "（简要说明本学年信息公开工作的总体情况，500字以内）", "", "二、主动公开情况", "", ""),
        "三、依申请公开和不予公开情况",
        "本学年共收到信息公开申请____件，答复____件，收取费用____元，减免____元。",
        *("四、对信息公开的评议情况", "", "五、因学校信息公开工作受到举报、复议、诉讼的情况", ""),
        *("六、信息公开工作的主要经验、问题和改进措施", "", "七、其他需要报告的事项", ""),
        "八、清单事项公开情况表",
    )
    rows: list[Sequence[Drawn]] = [("序号", "类别", "公开事项", "公开网址")]
    for number, line in enumerate(LIST.replace("；\n", "；").split(), 1):
        kind, _, items = line.partition("：")
        for place, item in enumerate(items.split("；")):
            first: list[Drawn] = (
                [] if place else [(str(number), 1, items.count("；") + 1), (kind, 1, items.count("；") + 1)]
            )
            rows.append([*first, f"（{len(rows)}）{item}", ""])
    table(document, *rows)
    return saved(document)


def law_enforcement() -> bytes:
    """行政执法统计年报: a list of bodies, tables with a row for each body and a row of sums, one of 23 columns."""
    document = lines(
        form("2022年度行政执法统计年报"),
        "填报单位（盖章）：　　　　　　　　　填报日期：　　　年　　月　　日",
        "第一部分 行政执法主体概况",
        "（一）行政执法主体的名称和数量情况",
        "行政执法主体共____个。",
    )
    kinds = "本级行政机关/法律法规授权组织/依法受委托执法组织"
    heads = ("序号", "执法主体名称", f"主体类别（{kinds}）", "执法岗位数量（个）", "在岗执法人员数量（人）")
    table(document, heads, *([str(number), "", "", "", ""] for number in (1, 2, 3)))
    lines(document, "（二）其他需要说明的情况", "", "第二部分 行政执法数据表", "表1 行政许可实施情况统计表")
    table(
        document,
        [
            *(("序号", 1, 2), ("单位名称", 1, 2), ("行政许可实施数量（件）", 4)),
            *(("撤销行政许可数量（件）", 1, 2), ("法制审核数量（件）", 2), ("备注", 1, 2)),
        ],
        ["申请数量", "受理数量", "许可数量", "不予许可数量", "审核数量", "纠错数量"],
        *([""] * 10 for _ in range(3)),
        [("合 计", 2), *[""] * 8],
    )
    lines(
        document, "说明：统计范围为2022年1月1日至12月31日期间作出决定的数量。", "表2 行政处罚实施情况统计表"
    )
    table(
        document,
        [
            *(("序号", 1, 2), ("单位名称", 1, 2), ("行政处罚实施数量（件）", 14), ("罚没金额（万元）", 1, 2)),
            *(("简易程序数量（件）", 1, 2), ("一般程序数量（件）", 1, 2), ("法制审核数量（件）", 2)),
            *(("涉嫌犯罪移送案件数量（件）", 1, 2), ("司法机关受理案件数量（件）", 1, 2)),
        ],
        [*PENALTIES, "审核数量", "纠错数量"],
        *([""] * 23 for _ in range(3)),
        [("合 计", 2), *[""] * 21],
    )
    lines(document, "是否有委托执法情况：□是　□否", "第三部分 行政执法情况说明", "", "")
    lines(document, "填报人：　　　　　　　审核人：　　　　　　　联系电话：")
    return saved(document)


def summary() -> bytes:
    """A 汇总表: two rows of heads, 其中, 小计 and a row of sums, units in the heads, rates that are never added up."""
    document = lines(
        form("____年度安全生产检查情况汇总表"), "填报单位：__________________　　　　　　　　单位：次、万元"
    )
    table(
        document,
        [
            *(("项目", 1, 2), ("检查次数（次）", 2), ("发现隐患（处）", 1, 2), ("整改率（%）", 1, 2)),
            *(("罚款金额（万元）", 1, 2), ("小计（次）", 1, 2), ("备注", 1, 2)),
        ],
        ["日常检查", "专项检查"],
        *([item, *[""] * 7] for item in ("矿山", "危险化学品", "　其中：加油站", "烟花爆竹", "合　　计")),
    )
    lines(document, "单位负责人：　　　　　　填表人：　　　　　　填表日期：　　年　月　日")
    return saved(document)


def registration() -> bytes:
    """A 登记表: labels and blanks side by side, a list within, boxes, room for paragraphs, a signature."""
    document = form("专业技术人员登记表")
    table(
        document,
        ["姓名", "", "性别（男/女）", "", "出生年月", "", ("照片", 1, 3)],
        ["民族", "", "籍贯", "", "政治面貌", ""],
        ["身份证号码", ("", 3), "参加工作时间", ""],
        ["学历学位", ("", 2), "毕业院校及专业", ("", 3)],
        ["工作单位及职务", ("", 3), "联系电话", ("", 2)],
        [("家庭主要成员", 1, 4), "称谓", "姓名", "年龄", "政治面貌", ("工作单位及职务", 2)],
        *(["", "", "", "", ("", 2)] for _ in range(3)),
        ["主要工作经历", ("\n\n\n\n", 6)],
        ["是否服从调剂", ("□是　□否", 2), "外语水平", ("□一级　□二级　□三级　□其他", 3)],
        ["单位意见", ("\n\n　　　　　　　　（盖章）\n　　　　　　　　年　　月　　日", 6)],
    )
    return saved(document)


def questionnaire() -> bytes:
    """Questions with boxes in a line, below it, by letters, and with lines to write on."""
    document = lines(
        form("营商环境问卷调查"),
        "一、基本情况",
        "1．您所在单位的性质是：□机关　□事业单位　□国有企业　□民营企业　□其他____",
        "2．单位职工人数：____人",
        "3．是否建立了政务公开制度？　□是　□否",
        "4．您对办事效率的评价（　　）",
        "A.满意　B.基本满意　C.不满意",
        "5．您办理过哪些业务（可多选）：",
        *("□企业开办", "□不动产登记", "□纳税", "□其他"),
        "二、意见建议",
        *("您认为存在的主要问题是：", "", "", "填表日期：     年   月   日"),
    )
    return saved(document)


def outline() -> bytes:
    """Headings alone, of two levels, below which everything is to be written."""
    document = lines(
        form("××市××局20××年法治政府建设情况报告"),
        *("一、推进法治政府建设的主要举措和成效", "（一）健全依法行政制度体系", "（二）规范行政执法"),
        *("（三）化解矛盾纠纷", "二、存在的不足和原因", "三、下一年度工作安排", "（不超过800字）"),
    )
    return saved(document)


def assets() -> bytes:
    """Merged labels, a column of units, one of codes, cells that are barred."""
    document = lines(form("（单位名称）20  年固定资产情况表"), "单位：万元")
    table(
        document,
        [("资产类别", 2), "计量单位", "代码", "期初数", "本期增加", "本期减少", "期末数"],
        [("房屋", 1, 2), "办公用房", "平方米", "01", "", "", "", ""],
        ["业务用房", "平方米", "02", "", "", "", ""],
        [("车辆", 1, 2), "公务用车", "辆", "03", "", "", "", ""],
        ["执法用车", "辆", "04", "", "", "", ""],
        [("其他资产", 2), "—", "05", "", "", "—", ""],
        [("总计", 2), "—", "06", "", "", "", ""],
    )
    return saved(document)


def tagged() -> bytes:
    """A form into which somebody has put tags already, and that has a blank without one."""
    document = form("{{ agency.name }}{{ year }}年检查情况报告")
    lines(document, "一、概况", "{%p for paragraph in overview.text %}", "{{ paragraph }}", "{%p endfor %}")
    table(document, ["检查次数（次）", "{{ visits.all }}", "发现问题（个）", ""])
    lines(document, "负责人：{{ head.name }}")
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.font.size = Pt(14)
    return saved(document)


def application() -> bytes:
    """A 申报书: blanks on the cover, one table in parts under titles, a period, room for words, two signatures."""
    document = lines(
        form("科技计划项目申报书"),
        "项目名称：_______________________",
        "申报单位：_______________________（盖章）",
        "申报日期：____年____月____日",
    )
    table(
        document,
        [("一、项目基本情况", 6)],
        ["项目名称", ("", 5)],
        ["项目类别", ("□重点研发　□成果转化　□平台建设", 5)],
        ["起止时间", ("    年  月至    年  月", 2), "申请经费（万元）", ("", 2)],
        ["项目负责人", "", "职称", "", "联系电话", ""],
        [("二、项目简介（不超过300字）", 6)],
        [("\n\n\n\n\n", 6)],
        [("三、经费预算（单位：万元）", 6)],
        [("科目", 2), ("申请财政经费", 2), ("自筹经费", 2)],
        *([(item, 2), ("", 2), ("", 2)] for item in ("设备费", "材料费", "其他费用", "合计")),
        [("四、审核意见", 6)],
        [
            "申报单位意见",
            ("\n\n    负责人（签字）：            （公章）\n                    年   月   日", 5),
        ],
        ["主管部门意见", ("\n\n    （公章）\n                    年   月   日", 5)],
    )
    return saved(document)


def statistics() -> bytes:
    """A 统计报表: two bands side by side, columns of units and codes, signs below the heads, a code in boxes."""
    document = lines(
        form("2025年度综合统计报表"),
        *("表    号：统综01表", "制定机关：××省统计局", "统一社会信用代码：□□□□□□□□□□□□□□□□□□"),
        "单位详细名称：                2025年",
    )
    heads = ("指标名称", "计量单位", "代码", "本年实际")
    signs = ("甲", "乙", "丙", "1")
    table(
        document,
        [*heads, *heads],
        [*signs, *signs],
        ["一、从业人员", "人", "01", "", "三、收入合计", "千元", "05", ""],
        ["　其中：女性", "人", "02", "", "　1.财政拨款", "千元", "06", ""],
        ["二、固定资产", "千元", "03", "", "　2.事业收入", "千元", "07", ""],
        ["　房屋面积", "平方米", "04", "", "四、支出合计", "千元", "08", ""],
    )
    lines(document, "单位负责人：        统计负责人：        填表人：        报出日期：20  年  月  日")
    return saved(document)


def petitions() -> bytes:
    """A row of sums and a column of sums, of which heads that are units themselves are no part."""
    document = form("××县各乡镇2025年信访事项办理情况统计表")
    table(
        document,
        [("乡镇", 1, 2), ("来信（件）", 2), ("来访", 2), ("网上信访（件）", 1, 2), ("合计（件）", 1, 2)],
        ["初次", "重复", "批次", "人次"],
        *([place, *[""] * 6] for place in ("城关镇", "东湖镇", "西山乡", "总计")),
    )
    return saved(lines(document, "注：来访按批次统计。"))


def checklist() -> bytes:
    """A 记录表: labels beside blanks, then questions in rows with boxes, then a conclusion."""
    document = form("安全检查记录表")
    table(
        document,
        ["被检查单位", ("", 3)],
        ["检查时间", "", "检查人员", ""],
        ["序号", "检查内容", "检查结果", "备注"],
        ["1", "是否建立安全生产责任制", "□是 □否", ""],
        ["2", "消防设施是否完好", "□是 □否 □不适用", ""],
        ["3", "应急预案演练次数（次）", "", ""],
        ["检查结论", ("", 3)],
        ["被检查单位签字", ("", 3)],
    )
    return saved(document)


def costs() -> bytes:
    """A 明细表: numbered rows, one that stands for more, a row of sums with cells that are barred."""
    document = lines(form("20  年度公务接待费用明细表"), "编制单位：                          单位：元")
    table(
        document,
        ["序号", "接待日期", "来访单位", "人数", "接待金额", "经办人"],
        *([number, *[""] * 5] for number in ("1", "2", "……")),
        ["合计", "—", "—", "", "", "—"],
    )
    return saved(document)


def one_column() -> bytes:
    """Lines of text with blanks of their own within the cells of a table with one column."""
    document = form("志愿者服务情况反馈表")
    table(
        document,
        ["姓名：            性别：□男 □女      年龄：    岁"],
        ["服务单位：                    服务时间：    年  月  日至    年  月  日"],
        ["服务总时长：      小时"],
        ["服务内容（不少于100字）：\n\n\n\n"],
        ["单位评价：□优秀　□良好　□一般\n\n单位盖章：\n    年   月   日"],
    )
    return saved(document)


def letter() -> bytes:
    """A report in sentences, with a salutation and a date."""
    document = lines(
        form("××局关于2025年度依法行政工作的报告"),
        "县人民政府：",
        "2025年，我局共制定规范性文件____件，清理____件，废止____件。办理行政复议案件（　　）件，其中维持（　　）件、"
        "撤销（　　）件，纠错率____%。",
        "一是加强学习。全年组织培训______次，培训人员______人次，投入经费______万元。",
        "                                      2026年　月　日",
    )
    return saved(document)


def roster() -> bytes:
    """A 登记表 with a group of labels in one row, boxes behind their options, and a list under a title of its own."""
    document = form("基层党组织情况登记表")
    table(
        document,
        ["党组织名称", ("", 5)],
        ["成立时间", "", "党员人数（人）", "", "书记姓名", ""],
        ["组织生活开展情况", ("", 5)],
        ["是否按期换届", ("是□  否□", 2), "上次换届时间", ("", 2)],
        [("党员花名册", 6)],
        ["序号", "姓名", "性别", "出生年月", "入党时间", "职务"],
        *([str(number), *[""] * 5] for number in (1, 2, 3)),
    )
    return saved(document)


def quarterly() -> bytes:
    """Heads that were not merged with the cells behind them, a blank in the title, rates in a row."""
    document = lines(
        form("××区2025年第__季度投诉举报统计表"), "报送单位：____________ 报送日期：____年__月__日 单位：件"
    )
    table(
        document,
        ["项目", "投诉", "", "举报", ""],
        ["", "本期", "累计", "本期", "累计"],
        *([item, *[""] * 4] for item in ("受理数", "办结数", "办结率")),
        ["挽回经济损失（元）", "", "—", "", ""],
    )
    return saved(document)


def evaluation() -> bytes:
    """A 自评表: the year in a line of its own below the title, several parts with heads of their own in one table."""
    document = lines(form(), "附件2")
    for text in ("项目绩效自评表", "（2025年度）"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table(
        document,
        ["项目名称", ("", 5)],
        ["主管部门", ("", 2), "实施单位", ("", 2)],
        [("项目资金（万元）", 1, 3), "", "年初预算数", "全年预算数", "全年执行数", "执行率"],
        ["年度资金总额", "", "", "", ""],
        ["其中：财政拨款", "", "", "", "—"],
        [("年度总体目标", 1, 2), ("预期目标", 3), ("实际完成情况", 2)],
        [("", 3), ("", 2)],
        [("绩效指标", 1, 3), "一级指标", "二级指标", "年度指标值", "实际完成值", "得分"],
        ["产出指标", "数量指标", "", "", ""],
        ["效益指标", "社会效益", "", "", ""],
        ["总分", ("", 5)],
    )
    return saved(document)
