"""What is Chinese about the checks of the narrative: the small words, marks and numbers of an account.

What a report speaks of stands in its pack (`wordings` and `mentions` of schema.json); here stands how any report
in Chinese says how many: what joins, divides, denies, compares and bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from reportfill.checks.chinese.periods import period_pattern
from reportfill.decimals import Number
from reportfill.model.chinese.numerals import number_from
from reportfill.pack.manifest import CALENDAR_YEAR
from reportfill.text import word_list

HIDDEN = "\ue000"
"""Stands for every character of a document's title, which says nothing by itself."""
LAST, THIS, NEXT = "\ue001", "\ue002", "\ue003"
"""Stand for the four digits of a year before the reporting year, of that year and of one after it."""

YEARS = {
    "last": word_list(
        f"上年 上年度 上一年 上一年度 去年 上学年 上学年度 上一学年 {LAST * 4}年 {LAST * 4}年度"
    ),
    "this": word_list(f"本年 本年度 今年 当年 本学年 本学年度 {THIS * 4}年 {THIS * 4}年度"),
    "next": word_list(
        f"下年 下年度 下一年 下一年度 次年 次年度 明年 下学年 下学年度 下一学年 {NEXT * 4}年 {NEXT * 4}年度"
    ),
}
"""What {last}, {this} and {next} in a word of a pack stand for."""

STATING = "写明"
"""With what titles of statements may begin, as the finding on a missing one does by itself."""
STOPS = "。！？!?\n"
PAUSES = "，；：,;:"
OPENING, CLOSING = "（(", "）)"
SETTING_OFF = "；;"
MARKS = frozenset(f"{STOPS}{PAUSES}{OPENING}{CLOSING}")

JOINING = word_list("、 和 及 与 或 或者 以及 并 /")
EACH = word_list("均 各 都 皆 分别 均为 都为 皆为 各为 均是 各有 均有 分别为 分别是 分别有")
RESPECTIVELY = frozenset(("分别", "分别为", "分别是", "分别有"))
LISTING = word_list("等 、 和 及")
"""Where one of these stands, what is named is not all there is."""
_RANGES = "至到-—－~～"
WHOLE_YEAR = (
    *word_list("1月1日 12月31日 12月底 12月末 一至十二月 四个季度 上下半年"),
    *(f"1{month}{to}12月" for month in ("", "月") for to in _RANGES),
)
PERIOD = frozenset((*YEARS["this"], *WHOLE_YEAR, "全年", "年内", "今年以来", "一年来"))
"""Words that say over which time an account counts."""
_SEVERAL = (*"两二三四五六七八九十几多23456789", "10")
_MONTHS = (*(f"{month}" for month in range(1, 13)), *"一二三四五六七八九十", "十一", "十二")
OTHER_TIMES = (
    *(
        f"{past}{many}年{end}"
        for past in ("近", "最近", "过去")
        for many in _SEVERAL
        for end in ("", "来", "间")
    ),
    *(f"{many}年{end}" for many in _SEVERAL for end in ("来", "间")),
    *(f"{month}月{end}" for month in _MONTHS for end in ("", "份")),
    *(f"前{month}个月" for month in _MONTHS),
    *(
        f"{first}{to}{last}月"
        for first in (1, 4, 7, 10)
        for last in range(first + 1, 13)
        for to in _RANGES
        if last - first < 11
    ),
    *(
        f"{nth}{quarter}{end}"
        for nth in ("", "第", "前")
        for quarter in "一二三四1234"
        for end in ("季度", "个季度")
    ),
    *word_list("近年 近年来 上半年 下半年 本季度 当月 本月 十三五 十四五 任期内 届内 上一季度"),
)
"""Words for a part of the year, or for several years."""
OTHER_BODIES = (
    *(
        f"{every}{bodies}"
        for every in ("各", "")
        for bodies in word_list("乡镇 镇街 街镇 街道 县区 区县 村居 基层单位")
    ),
    *word_list(
        """
    乡镇（街道） 镇（街道） 各乡镇（街道） 各镇（街道） 各乡（镇） 各乡（镇、街道） 各镇 各乡
    各县（市、区） 县（市、区） 各县 各市 各区 各地 各地各部门 基层 村（社区） 各村（社区） 各社区 各村
    下属单位 直属单位 所属单位 下级单位 下级机关 二级单位 二级机构 派出机构
    各部门 各单位 各乡镇街道 各部门各单位 各园区 各学校 各医院 各分局 其他部门 其他单位
        """
    ),
)
"""Words for those whose requests are not those of the body that reports."""
REMAINDER = frozenset(word_list("其余 余下 剩余 剩下 另有 尚有 还有 余"))
"""Words before a number of things of which it is said afterwards what became of them."""
DONE = "已"
"""Stands soon behind a measure where what is counted is told to be finished: 收到申请件，均已办结."""
ABOUT_SOMETHING = "对将把就的按每"
"""Syllables that make what is counted an object of care: 对收到的申请件."""
BLANKS = "_＿-—－"
"""What is drawn where a number is to be written."""
MEASURES_OF_ITEMS = ("件", "个", "项")
"""Measures that also end nouns: behind a word of the account they need a further sign that a number was left out."""
NOT_DOING = "在按将对经能及把以依就"
"""First syllables of what a denial denies the manner of, not the event."""
FAULTS = word_list(
    """
    逾期 超期 超时 推诿 推脱 拖延 敷衍 拒收 泄密 失密 泄露 错误 失误 遗漏 漏收 漏办 漏报 瞒报 违规 违法 违反 随意 擅自
    不当 不规范 不及时 不按时 未按时 未按期 未及时 不到位 不作为 乱作为 不力 不准确 不完整
        """
)
"""Words of what is done badly: a denial of it says nothing of how often the thing was done."""
FAULT = re.compile(rf"(?:{'|'.join(FAULTS)})(?!(?:事件|事故|案件|问题|现象|行为)[、和及与或])")
"""One of them, unless it is a thing in a list of things: 泄密事件和行政复议."""
CAUSE = "因"
LEADING_TO = ("引发", "引起", "导致", "造成", "招致", "产生", "发生", "提起", "被", "受到")
"""What begins with one of these behind a cause is what it led to: 因办理申请引发的行政复议."""
RESTRICTING = ("且", "被")
"""What begins with one of these behind things says which of them are meant: 行政复议、行政诉讼且被纠正的."""
PART = word_list("其中 含 包括 包含 其中含 其中包括 这其中")
INCLUDING = word_list("含 包括 包含 内含")
"""Between two things, or before one in brackets: the number counts both."""
TOTAL = word_list("共 共计 合计 总计 总共 累计 一共")
OWN = "我本全"
"""The first syllables of words for who reports, and for all that it answers for: 我局, 本级, 全区."""
DENYING = word_list(
    """
    未 没有 无 没 均无 尚无 暂无 从未 未曾 并未 并无 尚未 零 不存在 未有 为零 均为零 皆为零 都为零 皆无 全无 未再
    亦无 也无 亦未 也未 均未 都未 均没有 也没有
        """
)
NOT_OF_COUNT = word_list(
    """
    未经 未按 未在 未能 未及时 未将 未对 未依法 无需 无须 无法 无关 无故 无障碍 无误 无效 无偿 未来 未成年人 无缝
    无线 无差别 未公开 无异议 无疑 无论 零距离 零跑腿 未签收 无锡 未央 未央区 零陵 零散 无极 无为市 无为
        """
)
"""Words with a denying syllable that deny no event."""
OTHERS = (
    *NOT_OF_COUNT,
    *word_list(
        """
    工作日 工作人员 中心 中小 中国 有效 有序 有力 有利 有些 有的 新闻 新媒体 到位 在线 对象 被动 数据 数字 全面
    全程 全覆盖 总体 总结 所有 所属 因此 条例 条件 个别 项目 份额 起草 例外 例如 次数 一方面 一律 一般 一致 一系列
    第三方 第三人 第三者 一站式 统一 进一步 下一步 十分 百姓 千家万户 唯一 一体化 一体
        """
    ),
)
"""Words that hold a small word by chance and say nothing of a count."""
COMPARING = word_list(
    """
    同比 环比 较 相比 比 增加 增加了 减少 减少了 增长 增长了 下降 下降了 上升 多了 少了 同期 降幅 增幅 相较 第 每
    每一 不到 以来 历年 历史
        """
)
WISHING = word_list("做到 力求 确保 坚持 努力 争取 力争 要求 按照 实现 原则 杜绝 每")
"""Words of intentions: what follows is a maxim rather than a count."""
ABOUT = ("约", "大约", "大概", "约为", "将近", "接近")
NEARLY = ("近", "不足", "不到")
ABOVE = ("超", "超过", "逾", "突破", "不少于", "达到了", "多达")
COUNTING = word_list("为 是 均为 都为 皆为 各为 数 数量 件数 总数 总量 量 数目 宗数 条数")
"""A number without a unit counts only behind one of these."""
FILLING = (
    *COUNTING,
    *TOTAL,
    *EACH,
    *PART,
    *ABOUT,
    *NEARLY,
    *ABOVE,
    *YEARS["this"],
    *WHOLE_YEAR,
    *word_list(
        """
    的 了 有 中 已 全部 全 按时 按期 依法 依规 依法依规 及时 如期 规范 总 我局 我办 我镇 我乡 我街道 我街 我委
    我单位 我部门 我中心 我厅 我区 我县 我市 我院 我司 我室 我科 我站 我所 我队 我旗 我村 本局 本办 本镇 本乡
    本街道 本委 本单位 本机关 本部门 本级 本区 本县 本市 我们 我 本 全年 年内 年度 一年来 期间 截至 截止 截至目前
    目前 年底 另 另有 还 且 仅 只 只有 达 达到 实际 新 也 亦 同时 则 并 于 在 到 所 该 上述 被 由 因 群众 公众
    增至 增加到 增加至 增加为 增为 升至 升到 上升至 上升到 增长至 增长到 降至 降到 下降至 下降到 减至 减少到 减少至 减为
    社会公众 居民 村民 市民 当事人 申请人 公民 个人 提出 提交 引起 引发 向 按规定 按照规定 依规定 经审查 经审核
    经协商 经补正 属 属于 系 需 仍 尚 需要 按要求 余下 其余 法人 其他组织 法人和其他组织 法人或其他组织
    法人或者其他组织 法人及其他组织 社会组织 企业 单位 产生 导致 发生 提起 通过 情况 方面
        """
    ),
)
"""Words that may stand in any clause of an account without making it another's."""
ENDING = (
    *FILLING,
    *word_list(
        """
    事项 案件 案 件 类 等 相关 有关 任何 出现 涉及 现象 情形 请求 要求 记录 问题 办理 处理 工作 业务 内容 材料 数据
    事件 信息 答复 案例 申请 纠纷 争议 之 来
        """
    ),
)
"""Words that may end a clause which says that there was none."""
OWNERS = "局办委镇乡厅处院馆所站队科室会道心司校区县市省旗府位关门部团社"
"""The last syllables of names of agencies and places: who it is that gives the account."""
LOOSE_MEASURES = "个项条次份批部笔封案人"
"""Measures of so many things that what follows them says what was counted."""

FROM = ("由", "从", "自")
BECOMING = word_list("增 升 上升 上涨 提升 提高 减 降 下降 变 扩大 跃 攀")
"""Before a number that something else became of: 由9件增至12件."""
DIGITS = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"\d{{1,3}}(?:[,，]\d{{3}})+(?![\d.])|\d+(?:\.\d+)?|[{DIGITS}]+"
_TITLE = re.compile(r"《[^》]*》|〔[^〕]*〕|〈[^〉]*〉|<[^>]*>")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年)")


_ROUNDING = frozenset((*ABOUT, *NEARLY, *ABOVE))
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
NOT_A_NUMBER_BEFORE = "%％‰-—~～至人名位"
"""What makes a number before it a percentage, the beginning of a range, or one of people."""


ONE = "一"
"""The number that counts nothing in a maxim: 受理一件、答复一件."""


def number_pattern(units: str) -> str:
    """The pattern of a number with its scale, its "and more" and its unit (an alternation of units)."""
    return (
        rf"(?P<number>{_NUMBER})(?P<scale>(?:[万亿](?!元))?)(?P<more>[余多几]?)"
        rf"(?:(?P<unit>{units})(?:[（(][次件][）)])?)?(?P<after>余|左右|以上|以下|以内|上下|人次|人(?![民大])|名|位|%|％|‰|[-—~～至]\d)?"
    )


def telling_pattern(measures: Iterable[str], units: str, sayings: Iterable[str]) -> str:
    """The pattern of what a sentence holds that may state something: a number of things, a denial, a measure alone, a
    word of what has to be said. `units` is the alternation of the measures."""
    number = rf"[0-9{DIGITS}][万亿]?[余多几]?(?:{units})"
    said = "|".join(map(re.escape, sayings)) or "(?!)"
    denial = rf"(?!{'|'.join(NOT_OF_COUNT)})[未无没零]|不存在"
    told = (
        rf"{denial}|(?<!第)(?<!第.)(?<!第..){number}|(?:{units})[，。、；）]|[为是][0-9]+(?![0-9年])|{said}"
    )
    firsts = "".join({word[0] for word in (*measures, *sayings)})
    return rf"(?=[未无没零不0-9{DIGITS}为是{re.escape(firsts)}])(?:{told})"


SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]*")


def with_relative_years(text: str, year: int | None, begins: str = CALENDAR_YEAR) -> str:
    """The text, character for character, with titles hidden and years told by their distance from this one, in which
    the reporting period begins with a day such as 09-01."""
    hidden = _TITLE.sub(lambda match: HIDDEN * len(match[0]), text)
    if year is None or "20" not in hidden:
        return hidden
    if begins == CALENDAR_YEAR:
        return _YEAR.sub(lambda match: _relative(int(match[1]), year, year) * 4, hidden)
    hidden = period_pattern(begins).sub(lambda match: _relative_period(match, year), hidden)
    return _YEAR.sub(lambda match: _relative(int(match[1]), year, year + 1) * 4, hidden)


def _relative(named: int, first: int, last: int) -> str:
    return LAST if named < first else THIS if named <= last else NEXT


def _relative_period(match: re.Match[str], year: int) -> str:
    """A year as it is told by its distance, behind so much that is hidden as a period has more characters."""
    said = f"{_relative(int(match['year']), year, year) * 4}年"
    return HIDDEN * (len(match[0]) - len(said)) + said


def spelled_out(word: str) -> list[str]:
    """The words that a word of a pack stands for: {last}, {this} and {next} are years, however they are written."""
    for name, years in YEARS.items():
        if f"{{{name}}}" in word:
            return [full for year in years for full in spelled_out(word.replace(f"{{{name}}}", year, 1))]
    return [word]


def bounds(number: Number, scale: str, more: bool, before: str, after: str) -> tuple[Number, Number]:
    """The least and the greatest figure that a stated number allows: 30余 is 30 to 39, 1.2万 is 11,500 to 12,499."""
    is_rounded = more or scale or after or before in _ROUNDING
    if not is_rounded:
        return number, number
    exact, step = number * _SCALES[scale], _step(number) * _SCALES[scale]
    if more or after in ("余", "以上") or before in ABOVE:
        return exact, exact + (step - 1 if step > 1 else max(1, exact // 10))
    if before in NEARLY or after in ("以下", "以内"):
        return exact - max(step // 2, exact // 10, 1), exact
    if before in ABOUT or after in ("左右", "上下"):
        slack = max(step // 2, exact // 10, 1)
        return exact - slack, exact + slack
    if scale:
        return exact - step // 2, exact + step // 2 - 1
    return exact, exact


def _step(number: Number) -> Number:
    """The place of a number's last digit that says something: 100 for 300, 0.1 for 1.2, 1 for 12."""
    if isinstance(number, Decimal):
        exponent = number.as_tuple().exponent
        return (
            Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else _step(int(number))
        )
    step = 1
    while number and number % (step * 10) == 0:
        step *= 10
    return step


def number_of(text: str) -> Number | None:
    """The number that a text denotes, up to tens of millions in Chinese numerals."""
    return int(text) if text.isascii() and text.isdigit() else number_from(text)


YET_OTHER_WORDS = (*YEARS["next"], *(HIDDEN * 2**power for power in range(6)))
"""Words of the language that the grammar knows without any bearing on it."""


def is_han(character: str) -> bool:
    """Whether a character is one of Chinese writing; an empty text is none."""
    return "\u4e00" <= character <= "\u9fff"
