"""How Chinese forms say what goes where: labels, units, totals, parts, and what is written into a blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reportfill.model.chinese.numbering import numbering_of
from reportfill.text import word_list

COUNT_UNITS = word_list(
    """
    人次 批次 件次 场次 户次 台次 班次 车次 件 宗 次 人 名 个 项 起 份 户 家 条 期 场 台 辆 处 所 册 篇 批 天 日
    本 张 套 门 班 届 座 幢 栋 间 位 只 头 艘 架 部 轮 种 类 组 队 例 床 课时 学时 小时 万人 万人次 岁
    """
)
"""Units in which things are counted, so that a figure is whole."""

_MEASURES = word_list(
    """
    万亿元 亿元 百万元 万元 千元 元 万美元 美元 平方米 平方公里 立方米 公里
    万平方米 万立方米 亿立方米 千米 米 公顷 万公顷 亩 万亩 吨 万吨 千克 公斤 克 升 千瓦 万千瓦 千瓦时 万千瓦时 度
    % ％ ‰ 分钟 年
    """
)
"""Units of measures, so that a figure may have decimals."""

UNITS = (*sorted((*COUNT_UNITS, *_MEASURES), key=len, reverse=True),)
UNIT = "|".join(map(re.escape, UNITS))

_UNIT_IN_BRACKETS = re.compile(rf"[（(]\s*(?:单位[：:]\s*)?({UNIT})\s*[)）]")
_UNIT_OF_ALL = re.compile(rf"(?:计量|金额)?单位[：:]\s*({UNIT})(?!\w|\s*[、,，/／])")
_BRACKETS = re.compile(r"[（(【\[]([^（()）】\]]*)[)）】\]]")
TAGS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
"""The tags that a form may have already."""

_BLANKS = re.compile(r"\s+")
_ENDS = " 　:：,，;；。.、_＿*＊"

_TOTAL = re.compile(r"(?:本(?:年|年度|季|月))?(?:合计|总计|小计|共计|总和|累计合计|合计数|总数)(?:数|数量)?")
_SUBTOTAL = re.compile("小计")
_PART = re.compile(r"(?:其中|内含|内)[：:]?")

_WHOLE = re.compile(
    r"(?:数量|数|次数|人数|件数|个数|户数|项数|份数|家数|总量|件|宗|人次|批次|名额|编制|职数|年龄|工龄|以下|以上)$|^(?:数量|件数|人数|次数)"
)
_COUNTED = re.compile(r"(?:[人件次户个项份家台辆批场册篇])(?:数|数量)$|年龄$|工龄$")
"""What is a number of things, whatever unit a table has."""

_MEASURED = re.compile(
    r"(?:金额|经费|费用|款额|罚没|预算|决算|收入|支出|投资|产值|面积|重量|长度|价格|单价|总价|余额|资金|工资|薪酬|补贴|补助|得分|评分|总分|分值)"
    r"(?:数|额|总额|合计|小计)?$|^(?:金额|经费|预算|决算)"
)
_SHARE = re.compile(r"率$|比例$|占比$|百分比$|比重$|增幅$|增速$")
_SIGNED = re.compile(r"增(?:[/／、])?减|增长量|变化|差额|盈亏|净增|增长率|增幅|增速|同比|环比")
_WORDED = re.compile(
    r"(?:名称|姓名|地址|住址|住所|备注|说明|网址|链接|邮箱|电话|手机|传真|联系|职务|职称|职业|部门|科室|情况|内容|意见|原因|措施|建议|依据|文号"
    r"|负责人|代表人|经办人|联系人|填报人|填表人|审核人|报表人|编号|代码|号码|文件|标题|题目|题名|民族|籍贯|面貌|学历|学位|专业|院校|性质|类型|类别"
    r"|级[别次]|等级|结果|方式|地点|对象|事项|单位|机构|主体|成员|经历|简历|成果|奖励|处分|备案号|账号|开户行|品牌|[^序顺]号|规格|人|性别|来源|用途|去向|目标|指标值|完成值|结论)$"
)
_NAMED = re.compile(
    r"(?:名称|姓名|备注|说明|地址|网址|链接|电话|手机|邮箱|联系|负责人|经办人|填报人|填表人|审核人|职务|职称|文号|文件|编号|号码|原因|内容|依据|措施"
    r"|意见|建议|标题|题目|理由|情况|目标|指标值|完成值|目标值|实际值)$"
)
"""What is text in a table of figures, too."""

_OF_PEOPLE = re.compile(r"(?:名称|姓名|备注|地址|网址|电话|手机|邮箱|联系人|负责人|填报人|经办人)$")
"""What is text in all of its row, too."""

_SUBJECT = re.compile(
    r"(?:单位|机构|主体|部门|对象|项目|学校|企业|公司|乡镇|街道|地区|类别|类型|性质|事项|种类)$"
)
"""What is text at the head of a column of records, too: what each is of."""

_LONG = re.compile(
    r"情况|意见|说明|内容|措施|总结|简介|经历|简历|事迹|理由|原因|建议|问题|做法|成效|成果|经验|概述|打算|计划|安排|评价|评语|摘要"
)
_DAY = re.compile(r"日期|时间|年月日|(?:成立|出生|填表|填报|报送|起始|截止|办结|印发|发布)日$")
_MONTH = re.compile(r"年月$|出生年月|月份$")
_QUESTION = re.compile(r"^是否|是否[^，。]*$|[（(]是[/／]否[)）]|有无[^，。]*$")
_OPTIONAL = re.compile(
    r"选填|可(?:以)?不填|备注|如有|没有(?:的)?不填|若有|（无则|附注|其他需要说明|其它需要说明|其他说明|其它说明|请注明|签字|签名|签章"
)
_SEVERAL = re.compile(r"(?:可)?多选|可选多项|不定项|可复选")
_ORDINAL_HEAD = re.compile(r"(?:顺?序号|行次|栏次|行号|项次|No\.?|代码|甲|乙)", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_ORDINAL = re.compile(
    r"[（(]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[A-Za-z])[)）.．、]?|[…\u22ef.．·]{1,6}|[\u2460-\u2473]"
)
_BARRED = re.compile(r"[—–\-－/／\\＼×╳✕xX*＊]{1,3}")
_AGENCY = re.compile(
    r"(?:填报|报送|编报|填表|申报|上报|报告|编制|报表|填写|被查|主管|汇总)?(?:单位|机关|机构|学校|部门)(?:详细)?(?:名称|全称)?(?:盖章|公章|签章|章)?"
)
_CHOICES = re.compile(r"[（(]([^（()）]+?)(?:[，,；;]?(?:选一|选填|择一|单选|可?多选|任选.?))?[)）]")
_DIVIDERS = re.compile(r"[/／|｜、]")
_LENGTH = re.compile(r"(?:不超过|不多于|限|控制在)?\s*([0-9]{2,5})\s*字(?:以内|之内|内|左右)?")


@dataclass(frozen=True)
class Asked:
    """What is to be filled in at a blank, as a schema says it, whether it has to be, and by what that was known."""

    schema: Mapping[str, Any]
    is_required: bool = True
    reason: str = ""
    description: str = field(default="", compare=False)

    @property
    def is_figure(self) -> bool:
        """Whether it is a number, which may be added up."""
        return self.schema["type"] in ("integer", "number")

    @property
    def is_free(self) -> bool:
        """Whether it is a text of any words."""
        return self.schema["type"] == "string" and not {"enum", "oneOf", "format"} & set(self.schema)

    @property
    def is_narrative(self) -> bool:
        """Whether it is paragraphs."""
        return self.schema["type"] == "array" and "uniqueItems" not in self.schema

    @property
    def unit(self) -> str:
        """The unit of a figure; empty where the form says none."""
        return str(self.schema.get("unit", ""))


def plain_label(text: str) -> str:
    """A label on one line, as people read it: without tags, blanks between its characters and marks at its end."""
    label = _BLANKS.sub(" ", TAGS.sub("", unicodedata.normalize("NFC", text))).strip(_ENDS)
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", label)


def bare_label(text: str) -> str:
    """The words of a label without its number, its unit and what is said in brackets."""
    label = _BRACKETS.sub("", without_number(plain_label(text)))
    return label.strip(_ENDS + "（）()")


def without_number(label: str) -> str:
    """A label without the number before it."""
    number = numbering_of(label)
    return label[number.end :].strip() if number and number.end < len(label) else label


def unit_in(text: str) -> str:
    """The unit that a label names in brackets; empty where it names none."""
    found = _UNIT_IN_BRACKETS.search(text) or _UNIT_OF_ALL.search(text)
    return _usual(found[1]) if found else ""


def unit_of_all(text: str) -> str:
    """The unit that a line above a table names for all of it."""
    found = _UNIT_OF_ALL.search(text)
    return _usual(found[1]) if found else ""


def is_total(label: str) -> bool:
    """Whether a label is that of a sum."""
    return _TOTAL.fullmatch(bare_label(label).replace(" ", "")) is not None


def is_subtotal(label: str) -> bool:
    """Whether a label is that of the sum of a part."""
    return _SUBTOTAL.search(label) is not None


def is_part(label: str) -> bool:
    """Whether a label is that of a part of what stands before it."""
    return _PART.match(without_number(plain_label(label))) is not None


def is_ordinal(text: str) -> bool:
    """Whether a cell holds a number of its row, or the sign that rows go on, and nothing else."""
    return _ORDINAL.fullmatch(text.strip()) is not None


def heads_ordinals(label: str) -> bool:
    """Whether a column is one of numbers of rows."""
    return _ORDINAL_HEAD.fullmatch(plain_label(label)) is not None


def heads_units(label: str) -> bool:
    """Whether a column says in which unit its rows count."""
    return _UNIT_HEAD.fullmatch(plain_label(label)) is not None


def is_barred(text: str) -> bool:
    """Whether a cell is one where nothing is to be filled in."""
    return _BARRED.fullmatch(text.strip()) is not None


def names_agency(label: str) -> bool:
    """Whether a label asks for the name of the office that reports."""
    return _AGENCY.fullmatch(re.sub(r"[（()）:：\s]", "", plain_label(label))) is not None


def allows_several(text: str) -> bool:
    """Whether a question lets several answers be ticked."""
    return _SEVERAL.search(text) is not None


def asks_for_words(label: str) -> bool:
    """Whether words before a colon ask for something, and are neither a salutation nor the beginning of a list."""
    words = bare_label(label)
    is_asked = _WORDED.search(words) or _DAY.search(words) or _MONTH.search(words) or _names_figure(words)
    return bool(is_asked) and not words.startswith(("各", "有关"))


def asks_for_paragraphs(label: str) -> bool:
    """Whether words ask for more than a line."""
    return _LONG.search(bare_label(label)) is not None


def is_statistical(labels: Iterable[str]) -> bool:
    """Whether a table with these labels holds figures unless it says otherwise."""
    said = list(labels)
    if any(map(is_total, said)):
        return True
    numbers = [
        label for label in said if unit_in(label) or is_total(label) or _names_figure(bare_label(label))
    ]
    worded = [label for label in said if _WORDED.search(bare_label(label)) and label not in numbers]
    return bool(numbers) and 2 * len(numbers) >= len(worded)


def chosen_from(options: list[str], label: str) -> Asked:
    """What is asked where these options can be ticked."""
    words = list(dict.fromkeys(option for option in map(plain_label, options) if option))
    required = _OPTIONAL.search(label) is None
    if set(words) in ({"是", "否"}, {"是", "不是"}) or len(words) < 2:
        return Asked({"type": "boolean"}, required, "有“是”“否”可选")
    reason = f"有{len(words)}个选项"
    if allows_several(label):
        return Asked(
            {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": words}},
            required,
            reason,
        )
    return Asked({"type": "string", "enum": words}, required, reason)


DAY = Asked({"type": "string", "format": "date"}, reason="有“年月日”")
MONTH = Asked({"type": "string", "format": "year-month"}, reason="有“年月”")
YEAR_OF_ITS_OWN = Asked(
    {"type": "integer", "minimum": 1900, "maximum": 2099, "unit": "年", "rollup": "none"}, reason="后面是“年”"
)


def narrative(label: str, hint: str = "") -> Asked:
    """What is asked where there is room for paragraphs."""
    items: dict[str, Any] = {"type": "string"}
    most = _LENGTH.search(hint or label)
    schema = {"type": "array", "minItems": 1, "items": items | ({"maxLength": int(most[1])} if most else {})}
    required = _OPTIONAL.search(f"{label}{hint}") is None
    return Asked(schema, required, "标题下面有空白，或者空白很大", hint)


def asked_by(
    labels: Iterable[str],
    unit: str = "",
    *,
    counts: bool = False,
    is_long: bool = False,
    in_record: bool = False,
) -> Asked:
    """What is asked at a blank with these labels, the nearest last. `unit` is that of the blank or of its table,
    `counts` whether a table holds figures unless it says otherwise, `is_long` whether there is room for paragraphs,
    `in_record` whether it is of one of several rows that are alike."""
    said = [plain_label(label) for label in labels]
    own = said[-1] if said else ""
    required = not any(_OPTIONAL.search(label) for label in said[-2:])
    words = bare_label(own)
    named = next((unit_in(label) for label in reversed(said) if unit_in(label)), "")
    for answer in (_choice(own), _dated(own, words), _question(own)):
        if answer and not named:
            return Asked(answer.schema, required, answer.reason)
    is_subject = in_record and _SUBJECT.search(words) is not None and not named
    figure = None if is_subject else _figure(said, named, unit, counts=counts, in_record=in_record)
    if figure:
        return Asked(figure.schema, required, figure.reason)
    if is_long and (_LONG.search(words) or not _WORDED.search(words)):
        found = narrative(own)
        return Asked(found.schema, required, found.reason)
    return Asked({"type": "string", "maxLength": 200}, required, "没有写明数量单位")


def _choice(label: str) -> Asked | None:
    for found in _CHOICES.finditer(label):
        words = [word.strip() for word in _DIVIDERS.split(found[1])]
        slashed = re.search(r"[/／|｜]", found[1]) is not None or re.search(r"选一|择一|单选|多选", found[0])
        if (
            slashed
            and len(words) > 1
            and all(0 < len(word) <= 12 for word in words)
            and words[0] not in UNITS
        ):
            return chosen_from(words, label)
    return None


def _dated(label: str, words: str) -> Asked | None:
    if _MONTH.search(words):
        return MONTH
    return DAY if _DAY.search(words) and not re.search(r"时间段|次数|小时|分钟", label) else None


def _question(label: str) -> Asked | None:
    is_one = _QUESTION.search(label) is not None
    return Asked({"type": "boolean"}, reason="问“是否”") if is_one else None


def _figure(said: list[str], named: str, unit: str, *, counts: bool, in_record: bool) -> Asked | None:
    own = bare_label(said[-1]) if said else ""
    outer = [bare_label(label) for label in said[:-1]]
    is_worded = (_NAMED if counts and not in_record else _WORDED).search(own) is not None
    is_worded = is_worded or (counts and any(map(_OF_PEOPLE.search, outer)))
    if is_worded and not named and not _names_figure(own):
        return None
    if not (named or unit or counts or _names_figure(own)) or re.search("备注", own):
        return None
    measure = named or ("%" if any(map(_SHARE.search, (own, *outer))) else unit)
    is_measured = bool(_MEASURED.search(own)) or (
        not _WHOLE.search(own) and any(map(_MEASURED.search, outer))
    )
    if named or plain_label(said[-1]) in UNITS:
        return number_in(named or plain_label(said[-1]), is_signed=_is_signed(own), is_measured=is_measured)
    return number_in(measure, own, is_signed=_is_signed(own), is_measured=is_measured)


def _is_signed(label: str) -> bool:
    return _SIGNED.search(label) is not None


def number_in(unit: str, label: str = "", *, is_signed: bool = False, is_measured: bool = False) -> Asked:
    """A figure of that unit."""
    unit = _usual(unit)
    if unit and unit not in COUNT_UNITS and _COUNTED.search(label):
        unit = ""
    if is_measured and unit in COUNT_UNITS:
        unit = ""
    is_whole = unit in COUNT_UNITS or not (unit or is_measured)
    bounds: dict[str, Any] = {} if is_signed else {"minimum": 0}
    if unit == "%" and not is_signed:
        bounds["maximum"] = 100
    schema = {"type": "integer" if is_whole else "number"} | bounds | ({"unit": unit} if unit else {})
    return Asked(schema, reason=f"单位是“{unit}”" if unit else "表中填数字")


def _names_figure(words: str) -> bool:
    return (
        any(kind.search(words) for kind in (_WHOLE, _MEASURED, _SHARE, _SIGNED))
        or _TOTAL.fullmatch(words) is not None
    )


def _usual(unit: str) -> str:
    return {"％": "%"}.get(unit, unit)
