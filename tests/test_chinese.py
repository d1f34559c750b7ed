"""What people see in Chinese keeps to docs/glossary.zh-CN.md, as far as a machine can tell, and to what GBK holds."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from docx import Document
from openpyxl import load_workbook
from places import PACK_FOLDER, ROOT

from reportfill import load_pack, new_workbook
from reportfill.catalogue import CATALOGUE, EXPLANATIONS, titles
from reportfill.model.figures import with_values
from tools.make_docs import COMMANDS, help_texts

SOURCE = ROOT / "src" / "reportfill"
PACKS = sorted(place.parent for place in (ROOT / "templates").glob("*/pack.toml"))
CHINESE = re.compile(r"[\u3400-\u9fff]")

BANNED: Mapping[str, str] = {
    r"工作簿": "填报表",
    r"表单": "工作表",
    r"(?<![表规严资空合风价元])格(?!式|外)": "单元格",
    r"占位": "标签",
    r"字段": "数据项、栏目",
    r"操作员|用户(?!数据文件夹|的?设置)": "填报人、联系人、经办人",
    r"对方|人家": "填报单位、报送单位",
    r"组织填报的?单位": "主管部门",
    r"没有上级|未列上级": "无上级单位",
    r"接收单位|并入方": "承接单位",
    r"法定全称|印章": "全称（与公章一致）",
    r"级别|层级": "级次（名册）、类别（问题）",
    r"今年|去年|本年数|上年数(?!据)": "本年度、上年度",
    r"年报(?![送告])": "年度报告",
    r"发下|分发|(?<!下)发给(?!有关单位)": "下发",
    r"交(?:来|回|过|了|上|成)|[再重未应已没]交(?!通)|上交|发还": "报送、重新报送",
    r"收回|收取(?:inbox|填报表|各单位)": "接收",
    r"应报(?!送)|未报(?!送)|没报": "应报送、已报送、未报送",
    r"过期|超时": "逾期",
    r"催交|催办": "催报",
    r"打回|返还": "退回",
    r"退回意见": "审核意见",
    r"可用的?报告|合格": "已完成、校验通过",
    r"左边(?:是|合计)|右边(?:是|合计)|平衡规则|等式": "前者、后者",
    r"检查": "校验、核对",
    r"(?<!待)确认|看看": "核对",
    r"怎么(?:改|办|填|核对)|改法": "处理办法",
    r"写出(?!来)|新做|做好(?!\{\{)|写好|写到": "生成、输出到",
    r"守着|守候": "监视",
    r"加出来|加好|加两遍|相加": "汇总、重复计算",
    r"同上年": "与上年对比",
    r"带过来|对得上|对不上": "结转、衔接",
    r"不明文件|认不出": "未识别文件",
    r"数据库|日志": "台账、工作记录",
    r"哈希": "校验值",
    r"底稿": "模板",
    r"印制|印出|试印": "生成",
    r"可不填|可以不填": "选填",
    r"(?<!发生)的填0|数字没有发生": "没有发生的填0",
    r"统计时限|(?<!统计)口径": "统计期限、统计口径",
    r"(?<!信息)处理费|公开费": "信息处理费",
    r"(?<!《)条例(?!》)": "《条例》",
    r"第（[一二三四五六七八九十]+）[项款]": "第三十六条第六项",
    r"(?<!行政)规范性文件|红头文件": "行政规范性文件",
    r"家单位|[一几哪]家": "个单位",
    r"(?:错误|提醒|说明)\{?[a-z0-9_]*\}?个|\d+个错误": "错误11处",
    r"《[^》]*\.(?:xlsx|docx|html|txt)》": "“文件名.xlsx”",
    r"(?<!报告)(?<!通知)(?<!填报表)(?<!Word)(?<!Excel)(?<!网页)模板(?!包)": "模板包，报告、填报表、网页、通知模板",
    r"”、“|》、《": "引号、书名号之间不用顿号",
}
"""What the glossary does not want, as a pattern, with what it wants."""

EXCEPTIONS: Mapping[str, str] = {
    r"Excel ?工作簿（\*?\.xlsx）|Excel 5\.0/95工作簿|启用宏的工作簿|（Excel工作簿）": "names of file formats",
    r"保护工作簿": "a menu of Excel",
    r"sheet 校验": "English, of docs/schema-vocabulary.md",
    r"连接超时": "the term for a network",
    r"^模板$": "in the place of a designer's name",
    r"/同上年对比\.(?:html|xlsx)|^交来$|^更名确认$|var FORMER = .*": "what earlier versions wrote, and is read",
    r"“交来”（现为“报送”）": "the glossary on what is read as before",
    r"was = \[[^\]]*\]": "pack.toml on what was said before",
    r"第二十条第（[一五六八九]）项": "the prescribed tables have it so",
    r"^规范性文件$": "the prescribed table of 2019 has it so",
    r"统计年报": "the report's own name in the rules of law enforcement",
    r"信息公开年报": "a type of columns of a website, in the words of 国办发〔2017〕47号",
    r"行政检查|执法检查|检查对象进行检查|和已经立案处罚的检查|检查后作出": "an act of law enforcement",
    r"行政确认": "an act of law enforcement",
    r"确认或(?:者)?重新出具": "the prescribed table has it so",
    r"\d{4}年报|年报\.[a-z0-9]+": "names of folders and files",
}
"""What may be said all the same, as a pattern of the whole phrase, with the reason."""


class Said(NamedTuple):
    """A text that people see, and where it stands."""

    place: str
    text: str


def catalogue_texts() -> Iterator[Said]:
    for code, entry in CATALOGUE.items():
        yield Said(
            code, "\n".join((entry.message["zh"], entry.hint["zh"], entry.cause["zh"], entry.cure["zh"]))
        )
        yield Said(code, f"{entry.example}\n{entry.source}")
        yield Said(code, entry.in_example(entry.message, "zh") + entry.in_example(entry.hint, "zh"))
    yield from (Said(f"explanations {reason}", words["zh"]) for reason, words in EXPLANATIONS.items())
    yield from (Said(f"titles {code}", title) for code, title in titles().items())


def schema_texts(node: Any, place: str = "schema.json") -> Iterator[Said]:
    """The titles and descriptions: the lists of words are what agencies write."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("title", "description") and isinstance(value, str):
                yield Said(f"{place} {key}", value)
            elif key != "wordings":
                yield from schema_texts(value, f"{place}/{key}")
    elif isinstance(node, list):
        for value in node:
            yield from schema_texts(value, place)


def template_texts() -> Iterator[Said]:
    for folder in PACKS:
        yield from texts_of_pack(folder)
    for path in (*SOURCE.rglob("neutral/zh/*.txt"), *SOURCE.rglob("*.jinja")):
        yield Said(path.name, path.read_text("utf-8"))
    for path in SOURCE.rglob("neutral/zh/notice.docx"):
        yield Said(path.name, text_of_word(path))


def texts_of_pack(folder: Path) -> Iterator[Said]:
    """What a pack says to those who fill it in, hand it out and read it."""
    yield from schema_texts(json.loads((folder / "schema.json").read_text("utf-8")), folder.name)
    for path in (folder / "pack.toml", *folder.glob("*.txt")):
        yield Said(f"{folder.name} {path.name}", path.read_text("utf-8"))
    for sheet in load_workbook(folder / "intake.xlsx"):
        for row in sheet.iter_rows():
            yield from (
                Said(f"{folder.name} {sheet.title}!{c.coordinate}", c.value)
                for c in row
                if isinstance(c.value, str)
            )
    for path in folder.glob("notice.docx"):
        yield Said(f"{folder.name} {path.name}", text_of_word(path))


def text_of_word(path: Path) -> str:
    """All that a Word file says."""
    return "\n".join(words.text or "" for words in Document(str(path)).element.iter("{*}t"))


def page_texts() -> Iterator[Said]:
    """The Chinese pages, but what the glossary lists as not to be said."""
    for path in (
        *ROOT.glob("*.zh-CN.md"),
        *ROOT.glob("docs/*.zh-CN.md"),
        *(folder / "README.md" for folder in PACKS),
    ):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            is_of_glossary = path.name.startswith("glossary") and line.startswith("|")
            yield Said(f"{path.name}:{number}", line.split("|")[1] if is_of_glossary else line)


WORDS_OF_OTHERS = (
    *("checks/chinese/", "model/chinese/", "office/number_formats/", "pack/patterns.py"),
    *(
        "checks/lexicon.py",
        "checks/denials.py",
        "checks/words.py",
        "office/usual_names.py",
        "campaign/agencies/roster_values.py",
    ),
)
"""Modules whose Chinese is what agencies, offices and programs write, and is recognised."""


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """The modules that speak to people, by name."""
    named = ((path.relative_to(SOURCE).as_posix(), path) for path in sorted(SOURCE.rglob("*.py")))
    return tuple(
        (name, ast.parse(path.read_text("utf-8")))
        for name, path in named
        if not name.startswith(WORDS_OF_OTHERS)
    )


@cache
def code_texts() -> tuple[Said, ...]:
    """Every string of the program that is no docstring."""
    return tuple(said for name, tree in modules() for said in strings_of(name, tree))


def strings_of(name: str, tree: ast.Module) -> Iterator[Said]:
    """The strings of a module that are no docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield Said(f"{name}:{node.lineno}", node.value)


def bundle_texts() -> Iterator[Said]:
    """What the folder of `make bundle` says."""
    files = ROOT / "tools" / "bundle" / "files"
    for path in files.glob("*.txt"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield Said(f"{path.name}:{number}", line)
    yield from strings_of("install.py", ast.parse((files / "install.py").read_text("utf-8")))


def help_of_commands() -> Iterator[Said]:
    for command, text in zip(COMMANDS, help_texts(COMMANDS, "zh"), strict=True):
        yield Said(" ".join(("reportfill", *command, "--help")), text)


KINDS: Mapping[str, Callable[[], Iterator[Said] | tuple[Said, ...]]] = {
    "catalogue": catalogue_texts,
    "templates": template_texts,
    "pages": page_texts,
    "help": help_of_commands,
    "code": code_texts,
    "bundle": bundle_texts,
}


@pytest.fixture(params=KINDS)
def said(request: pytest.FixtureRequest) -> list[Said]:
    """The texts of one kind that hold any Chinese."""
    return [one for one in KINDS[request.param]() if CHINESE.search(one.text)]


def banned_in(text: str) -> list[str]:
    """What of a text the glossary does not want."""
    for exception in EXCEPTIONS:
        text = re.sub(exception, "", text)
    return [
        f"{found[0]}（{wanted}）" for pattern, wanted in BANNED.items() if (found := re.search(pattern, text))
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("请按发下的填报表改好再交来。", 2),
        ("这一格只填数字，不要填“无”、“—”。", 2),
        ("条例第三十六条第（六）项", 2),
        ("填报表另存为“Excel工作簿（*.xlsx）”，按《条例》第三十六条第六项填写单元格。", 0),
    ],
)
def test_what_the_glossary_does_not_want_is_found(text: str, number: int) -> None:
    assert len(banned_in(text)) == number


def test_no_text_uses_a_word_that_the_glossary_has_another_for(said: list[Said]) -> None:
    assert {one.place: (found, one.text) for one in said if (found := banned_in(one.text))} == {}


HALF_WIDTH = re.compile(
    rf"{CHINESE.pattern}(?:[,;:?()]|!(?![A-Z]))|[,;!?()]{CHINESE.pattern}|{CHINESE.pattern}\.(?= |$)"
)
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|\{[{%#].*?[}%#]\}|\(function \(.*|<[^>]*>", re.DOTALL)
"""What is no sentence within a page or template: code, links and tags."""
NO_SENTENCE = re.compile(r"\(\?|\[[0-9]-[0-9]\]|\[-/|&quot;|^.是,否.$|\(pack, data\)|@request")
"""A text that is an expression, a list for Excel, a style or a call."""


def test_punctuation_beside_chinese_is_full_width(said: list[Said]) -> None:
    sentences = [one for one in said if not NO_SENTENCE.search(one.text)]
    found = {one.place: odd[0] for one in sentences if (odd := HALF_WIDTH.search(CODE.sub("", one.text)))}
    assert found == {}


def test_no_blank_stands_around_what_is_filled_in() -> None:
    blank = re.compile(
        rf"(?:{CHINESE.pattern}|[，。：；、“”（）]) \{{|\}} (?:{CHINESE.pattern}|[，。：；、“”（）])"
    )
    assert [one for one in catalogue_texts() if blank.search(one.text)] == []
    odd = []
    for name, tree in modules():
        strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
        odd += [f"{name}:{node.lineno} {words}" for node in strings for words in blanks_in(node)]
    assert odd == []


def blanks_in(node: ast.JoinedStr) -> Iterator[str]:
    """The pieces of Chinese that a blank parts from what is filled in beside them."""
    for piece, following in pairwise(node.values):
        before, behind = (one.value if isinstance(one, ast.Constant) else "" for one in (piece, following))
        yield from re.findall(rf".*{CHINESE.pattern} \Z|\A {CHINESE.pattern}.*", str(before or behind))


def test_excel_takes_every_prompt_and_its_title() -> None:
    """A prompt may have 255 characters, its title 32 (a data validation of Excel)."""
    pack = load_pack(PACK_FOLDER)
    last = {path: 999_999_999 for path, field in pack.fields.items() if field.kind.is_number}
    data = validated(new_workbook(pack, year=2025, agency="甲" * 60, last=with_values({}, last)))
    assert data
    assert [said for said in data if len(said[0]) > 32 or len(said[1]) > 255 or said[1].endswith("…")] == []


def validated(workbook: bytes) -> list[tuple[str, str]]:
    """The titles and prompts of all data validations."""
    return [
        (rule.promptTitle or "", rule.prompt or "")
        for sheet in load_workbook(BytesIO(workbook))
        for rule in sheet.data_validations.dataValidation
    ]


def test_every_text_can_be_shown_in_gbk(said: list[Said]) -> None:
    assert {one.place: one.text for one in said if not is_in_gbk(one.text.replace("\u2212", "-"))} == {}


def is_in_gbk(text: str) -> bool:
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
