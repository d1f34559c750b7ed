"""Which years of a narrative are out of place: last year's text that was left in, not what rightly names another.

An account names its year where a clause begins: 2022年，我局共收到…. Elsewhere a year belongs to something: to a
document, to what is published a year later by law (部门决算, 年度报告, 议案建议提案), to a comparison, or to what
became of last year's problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportfill.checks.chinese.counting import OWNERS
from reportfill.checks.chinese.periods import period_pattern
from reportfill.pack.manifest import CALENDAR_YEAR

_NAMED = re.compile(
    r"(?=[《〔“「‘\"<〈（(2])(?:《[^》]*》|〔[^〕]*〕|“[^”]*”|「[^」]*」|‘[^’]*’|\"[^\"]*\"|<[^>]*>|〈[^〉]*〉"
    r"|[（(]\s*(?:20\d\d年?[-—–~～至、]?)+[^（()）]{0,12}[）)]"
    r"|20\d\d年?度?\s*[-—–~～至到]+\s*20\d\d(?!年\d{1,2}月)(?:年度?)?)"
)
"""Where a year belongs to a document's name or number, stands in brackets, or to a span of years."""
_YEAR = re.compile(r"(20\d\d)(?<!\d.{4})年(?:度)?")
"""A year of four digits. It begins with what is looked for, which is found much quicker than a place to look at."""
_SENTENCE = re.compile(r"[^。！？!?；;]+")
_CLAUSE_END = re.compile(r"[，,：:。；;]")

_PERIOD = re.compile(r"(?:度)?(?:0?1月0?1日|12月31日)(?!起施行|起实施|印发|发布|公布)")
"""The first or last day of a reporting period: an account's date, whatever stands before it."""
_SINCE = re.compile(
    r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末|初|第?[一二三四]季度|上半年|下半年)?"
    r"(?:以来|之后|以后|之前|以前|起(?!至)|修订|修正|印发|施行|版|制定|颁布|出台|实施|成立|开通|建成|启用|结转|同期|相比|"
    r"基础|的基础|水平|持平|增|减|多|少|立项|入库|批复|形成|产生|遗留|发文)"
)
_DOCUMENTS = re.compile(
    r"决算|预算|年报|报告|总结|议案|建议|提案|公报|审计|重点工作|要点|计划|规划|方案|通知|绩效|资金|补助|补贴|清单|目录|"
    r"考核|评估|测评|评议|评价|检查|督查|通报|反馈|排名|名单|收支|财政|财务|三公|年鉴|普查|先进|优秀|称号|荣誉|表彰|示范|"
    r"存在|问题|不足|短板|整改|引发|引起|形成的|产生的|项目|预决算|法治政府建设|结果"
)
"""What a year may belong to: documents, what is published a year later, last year's problems."""
_ACCOUNT = re.compile(
    r"我[局办镇乡街委厅区县市院室中单部]|本[局办镇乡委单机部]|共(?!同|有)|全年|累计|认真|坚持|严格|积极|高度|进一步|扎实|深入|切实|始终|"
    r"主动|收到|受理|未收|未发|办结|开展了|组织了|加大"
)
"""Words of an account that stand between a year and a document only where the year is the account's."""
_OWN_REPORT = re.compile(r"现将|现公布|现发布|现向|如下|特编制|特公布|本报告|本年度报告|编制本|本年报|特向")
_BEFORE_ACCOUNT = re.compile(
    rf"(?:^|[，,。；;：:、）)]|在|截至|截止|截止到|截至到|回顾|纵观|总结|[一二三四五六七八九十]是|[{OWNERS}])$"
)
_ATTRIBUTIVE = re.compile(r"(?:针对|对照|对|就|围绕|较|比|与|同|自|从|由|因|到|至|于|和|及|为)$")
_COMPARED = re.compile(r"较|比|增|减|降|升|分别|持平|多|少|以来|由|从")
_PAUSES = ("，", ",", "；", ";", "、")
_COUNTED = re.compile(r"[^，,；;。]*?\d+(?:\.\d+)?万?余?[件条份宗个项起次例]")
"""A clause up to its number of things."""
_MERE_COUNT = re.compile(
    r"(?:同期)?(?:共计?|总共|累计)?(?:新?收到?|受理|办理|办结|公开|发布)?(?:了|的)?(?:[一-鿿]{0,8}?申请)?"
    r"(?:数|量|数量)?(?:则|仅)?(?:为|是|有|只有)?\d+(?:\.\d+)?万?余?[件条份宗个项起次例]次?"
)
"""All that is said of a year whose number is given for comparison."""
_THIS_YEAR = re.compile(r"[，,；;、](?:而|到)?(?:今年|本年度?|当年)[^，,；;。]*?\d")
_JOINED = re.compile(r"^[、和与及至到—\-~～]{1,2}$")

_TO_COME = re.compile(
    r"(?:整改措施|改进措施|下一步|下步|下一阶段|今后|工作打算|努力方向|改进方向|工作思路|改进计划|工作计划|改进打算)(?!的?(?:落实|完成|执行))"
)
_OF_THE_PAST = re.compile(
    r"改进情况|整改情况|整改落实情况|存在(?:的)?(?:主要)?问题|主要问题|取得成效|上年度|改进成效|整改成效"
)
_WHEN = (
    r"^年(?:度)?(?:底前?|底之前|末|年底前|内|上半年|下半年|第?[一二三四]季度|\d{1,2}月(?:份|底|底前|前)?)?，?"
)
_WILL = re.compile(
    rf"{_WHEN}" + r"[^，。；]{0,14}?(?:将|拟)"
    r"(?:继续|进一步|加大|加强|着力|持续|不断|深入|严格|从|以|按照|围绕|认真|积极|切实|坚持|重点|努力|"
    r"全面|扎实|推进|强化|完善|健全|优化|提升|提高|紧紧|大力|立足|结合|对照|针对|聚焦|开展|组织|紧扣|突出|规范(?!性)|落实(?!情况)|改进|做好|"
    r"抓好|创新|拓展|丰富|充分|逐步|及时|加快|更加)(?![^，。；]*(?:作为|列为|列入|纳入|摆上|放在|当作|视为))"
)

_PLANS = re.compile(
    rf"{_WHEN}[^，。；]{{0,8}}?(?<!工作|培训|项目|投资|发展)(?:计划|打算|预计|准备)(?:再|将|新|在)?"
    r"(?:开展|组织|举办|召开|建立|制定|出台|开通|修订|进一步|继续|加强|加大|对|从|通过|启动|增加|新增)"
    r"(?![^，。；]*(?:情况|项目))(?![^。；]*(?:已|实际|完成率|均))"
)
"""A plan for the year: not a document with such a name, and not what has been carried out."""
_BEFORE_PLAN = re.compile(r"(?:到|至|力争|争取|确保|计划|预计)在?$")


@dataclass(frozen=True, slots=True)
class OddYear:
    """A year that is out of place, the one that should stand there, and the words around it."""

    named: int
    expected: int
    wording: str


def odd_years(texts: Iterable[str], year: int, begins: str = CALENDAR_YEAR) -> Iterator[tuple[int, OddYear]]:
    """The years out of place in the paragraphs of one part of a report, each with its paragraph's index.

    The texts have no white space and ASCII digits. The reporting period begins with a day such as 09-01.
    """
    to_come = False
    for index, text in enumerate(texts):
        if begins != CALENDAR_YEAR:
            yield from ((index, odd) for odd in _odd_periods(text, year, begins))
            text = period_pattern(begins).sub(lambda match: "*" * len(match[0]), text)
        if not _YEAR.search(text):
            to_come = _is_to_come(text, to_come)
            continue
        plain = _NAMED.sub(lambda match: "*" * len(match[0]), text)
        for sentence in _SENTENCE.finditer(plain):
            for found in _YEAR.finditer(plain, sentence.start(), sentence.end()):
                ahead = _is_to_come(plain[sentence.start() : found.start()], to_come)
                expected = _expected(plain, sentence.span(), found, year, ahead)
                if expected is not None:
                    around = text[max(0, found.start() - 6) : found.end() + 10]
                    yield index, OddYear(int(found[1]), expected, around)
            to_come = _is_to_come(sentence[0], to_come)


def _odd_periods(text: str, year: int, begins: str) -> Iterator[OddYear]:
    """The periods before the reporting one that an account names as its own."""
    for found in period_pattern(begins).finditer(text):
        named, before, after = int(found["year"]), text[: found.start()], text[found.end() :]
        is_own = not found["named"] or (
            _BEFORE_ACCOUNT.search(before)
            and not (_ATTRIBUTIVE.search(before) or _SINCE.match(after) or _belongs(after))
        )
        if named < year and is_own:
            yield OddYear(named, year, found[0])


def _is_to_come(text: str, before: bool) -> bool:
    """Whether what follows a text speaks of measures to come: by the last heading or phrase that tells."""
    ahead = max((match.end() for match in _TO_COME.finditer(text)), default=-1)
    if ahead < 0 and not before:
        return False
    past = max((match.end() for match in _OF_THE_PAST.finditer(text)), default=-1)
    return before if ahead == past else ahead > past


def _expected(
    text: str, sentence: tuple[int, int], found: re.Match[str], year: int, to_come: bool
) -> int | None:
    """The year that should stand instead of one that is found; None where it may stand."""
    named = int(found[1])
    start, end = sentence
    before, after = text[start : found.start()], text[found.end(1) + 1 : end]
    if named == year:
        following = text[found.end(1) : end]
        if _PLANS.match(following) and _BEFORE_ACCOUNT.search(before):
            return year + 1
        will = _WILL.match(following) is not None
        begins = _BEFORE_ACCOUNT.search(before) or (will and _BEFORE_PLAN.search(before))
        is_account = begins is not None and not _belongs(after)
        return year + 1 if (will or to_come) and is_account and not _PERIOD.match(after) else None
    if named == year + 1:
        return None
    if _PERIOD.match(after):
        return year
    rest = after.removeprefix("度")
    if _ATTRIBUTIVE.search(before) or _SINCE.match(rest):
        return None
    if _OWN_REPORT.search(text[start:end]) and "报告" in rest[:24]:
        return year
    if _belongs(rest) or not _BEFORE_ACCOUNT.search(before) or _is_compared(text[start:end], named, year):
        return None
    return year


def _belongs(after: str) -> bool:
    """Whether a year belongs to what follows it within its clause: 部门决算, 存在的问题."""
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    document = _DOCUMENTS.search(clause)
    return document is not None and not _ACCOUNT.search(clause[: document.start()])


def _is_compared(sentence: str, named: int, year: int) -> bool:
    """Whether a sentence sets a year beside the reporting year: 2022年收到12件，2023年收到15件."""
    places = {int(match[1]): match for match in _YEAR.finditer(sentence)}
    if year not in places:
        return _is_beside_this_year(sentence, places[named])
    first, last = sorted((places[named], places[year]), key=lambda match: match.start())
    between = sentence[first.end() : last.start()]
    same = sentence[first.end() : first.end() + 2] == sentence[last.end() : last.end() + 2]
    both_counted = (
        between[-1:] in _PAUSES and _COUNTED.search(between) and _COUNTED.match(sentence, last.end())
    )
    return bool(same or _JOINED.match(between) or _COMPARED.search(sentence) or both_counted)


def _is_beside_this_year(sentence: str, found: re.Match[str]) -> bool:
    """Whether a sentence counts for a year beside a number for the reporting year: 收到12件，2022年为9件."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    clause = _CLAUSE_END.split(after, maxsplit=1)[0]
    if _COUNTED.search(before) and _MERE_COUNT.fullmatch(clause):
        return True
    this_year = _THIS_YEAR.search(after)
    return this_year is not None and _COUNTED.search(after, 0, this_year.start()) is not None
