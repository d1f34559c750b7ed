"""campaign.toml: which report of which year, for whom, until when."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportfill.errors import CampaignError, PackError
from reportfill.model.requirements import problem_in_words
from reportfill.outputs.kind import KINDS, WORD
from reportfill.outputs.publication import UNKNOWN, Publication, publication_of
from reportfill.pack.discovery import manifest_of
from reportfill.pack.plain_schema import plain_test


def _table(required: list[str], **keys: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a table that has no other keys."""
    return {"type": "object", "additionalProperties": False, "required": required, "properties": keys}


_TEXT, _TEXT_OR_NONE = {"type": "string", "minLength": 1}, {"type": "string"}
_SCHEMA = _table(
    ["pack", "year", "issuer"],
    pack=_TEXT,
    year={"type": "integer", "minimum": 1900, "maximum": 2999},
    issuer=_TEXT,
    id=_TEXT,
    ledger=_TEXT,
    protected={"type": "boolean"},
    deadlines=_table([], agency={}, government={}),
    contact=_table([], name=_TEXT_OR_NONE, telephone=_TEXT_OR_NONE, email=_TEXT_OR_NONE),
    naming=_table([], workbook=_TEXT, report=_TEXT),
    rollup=_table([], through={"type": "integer", "minimum": 1}),
    outputs=_table([], kinds={"type": "array", "items": {"enum": list(KINDS)}}),
    publish={"type": "object"},
)
_QUICK_LOOK = plain_test(_SCHEMA)

NAME_PARTS = ("单位名称", "单位编码", "简称", "年度")
"""What a pattern of file names may hold, in braces."""

_WRITTEN = """\
# 这项填报工作的设置。用记事本修改后保存即可，下一条命令按新的内容执行。

# 模板包（编号，或者从本文件夹算起的模板包文件夹）、报告年度和主管部门。
pack = {pack}
year = {year}
issuer = {issuer}
{more}
# 截止日期：agency为各单位报送填报表，government为本级政府公布年度报告；不写就按模板包的规定，模板包没有规定的就没有。
[deadlines]
{agency}
{government}

# 联系人，用于通知、邮件和填报表；选填。
[contact]
name = {contact}
telephone = {telephone}
email = {email}

# 文件名，可以用 {{单位名称}}、{{单位编码}}、{{简称}}、{{年度}}；不写就按模板包的规定。
[naming]
{workbook}
{report}

# 汇总到第几级（名册中的级次）；不写就是全部。
[rollup]
{through}

# 除Word报告外，接收时还生成哪些格式，例如 ["docx", "pdf", "html"]；不写就只生成Word报告。
[outputs]
{kinds}

# 发布报告的网站和栏目，写入网页的标签；不知道的不写。Url是发布用的文件夹的网址，以/结尾。
[publish]
{publish}
"""


_WEBSITE = {
    "SiteName": "某某县人民政府",
    "SiteDomain": "www.example.gov.cn",
    "SiteIDCode": "1234567890",
    "ColumnName": "年度报告",
    "ColumnDescription": "各单位的年度报告",
    "ColumnKeywords": "年度报告",
    "ColumnType": "年度报告",
    "Url": "https://www.example.gov.cn/zfxxgk/report/",
}
"""Examples of what is said of a website."""

_LINE = re.compile(r"at line (\d+)")
"""Where tomllib says that something is wrong."""

_FAULTS = dict.fromkeys(("twice", "overwrite"), "与前面重复：每一项、每个[…]只能写一次，请合并到一处")
"""What is wrong, by words of tomllib."""

_NO_TOML = "写法不对。文字要放在英文双引号里，日期写成2026-01-31，行首加#的不起作用"
"""What is said of any other fault."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom agencies may ask; each part is empty where it is not known."""

    name: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What campaign.toml says.

    `agency_deadline` and `government_deadline` are the last days for the reports of agencies and for the office's own,
    None where there is none; `contact` is whom to ask. `workbook_name` and `report_name` are patterns of file
    names, empty for the pack's own; `through` is the lowest level that is added up, None for all; `ledger` the URL of
    a database, empty for the file in the folder; `is_protected` says that workbooks have a password, which is kept
    elsewhere; `id` tells the campaign from all others, empty in one of an earlier version. `outputs` are the kinds of
    output that are made of each report, `publication` is what is known of the website on which it is published.
    """

    pack: str
    year: int
    issuer: str
    agency_deadline: date | None
    government_deadline: date | None
    workbook_name: str = ""
    report_name: str = ""
    through: int | None = None
    ledger: str = ""
    is_protected: bool = False
    contact: Contact = Contact()
    id: str = ""
    outputs: tuple[str, ...] = (WORD,)
    publication: Publication = UNKNOWN


def _prescribed(pack: str, year: int) -> tuple[date | None, date | None]:
    """The deadlines that a pack prescribes; none where it is not found, which whoever needs the pack says."""
    try:
        return manifest_of(pack).deadlines(year)
    except PackError:
        return None, None


def settings_text(settings: Settings) -> str:
    """The campaign.toml of these settings."""
    more = _id_lines(settings.id) if settings.id else ""
    more += f"\n# 台账的地址。\nledger = {_quoted(settings.ledger)}\n" if settings.ledger else ""
    more += "\n# 填报表设有打开密码。\nprotected = true\n" if settings.is_protected else ""
    return _WRITTEN.format(
        pack=_quoted(settings.pack),
        year=settings.year,
        issuer=_quoted(settings.issuer),
        more=more,
        agency=_line("agency", settings.agency_deadline, date(settings.year + 1, 1, 20)),
        government=_line("government", settings.government_deadline, date(settings.year + 1, 3, 31)),
        contact=_quoted(settings.contact.name),
        telephone=_quoted(settings.contact.telephone),
        email=_quoted(settings.contact.email),
        workbook=_line("workbook", settings.workbook_name, "{单位名称}{年度}年填报表"),
        report=_line("report", settings.report_name, "{简称}{年度}年度报告"),
        through=_line("through", settings.through, 2),
        kinds=_kinds_line(settings.outputs),
        publish="\n".join(_publish_lines(settings.publication)),
    )


def with_id(text: str, id: str) -> str:
    """A campaign.toml with an id, and otherwise as somebody wrote it."""
    return f"{_id_lines(id).lstrip()}\n{text}"


def _id_lines(id: str) -> str:
    return f"\n# 本项工作的标识，由程序写入，请勿改动。\nid = {_quoted(id)}\n"


def read_settings(text: str) -> Settings:
    """What a campaign.toml says. Raises CampaignError, in one line, where it is broken."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f"第{line[1]}行" if line else ""
        what = next((chinese for words, chinese in _FAULTS.items() if words in str(error)), _NO_TOML)
        raise _broken(str(error), where + what) from error
    except (RecursionError, ValueError) as error:  # lists within lists, numbers of thousands of digits
        raise _broken(
            "it is nested too deep, or holds a number too long", "嵌套过深，或者数字过长"
        ) from error
    if not _QUICK_LOOK or not _QUICK_LOOK(said):
        _require_valid(said)
    pack, year = said["pack"], said["year"]
    deadlines, naming = said.get("deadlines", {}), said.get("naming", {})
    given = [_day(deadlines[whose]) if whose in deadlines else None for whose in ("agency", "government")]
    prescribed = _prescribed(pack, year) if None in given else (None, None)
    return Settings(
        pack,
        year,
        said["issuer"],
        given[0] or prescribed[0],
        given[1] or prescribed[1],
        _pattern(naming.get("workbook", "")),
        _pattern(naming.get("report", "")),
        said.get("rollup", {}).get("through"),
        said.get("ledger", ""),
        said.get("protected", False),
        Contact(**{part: " ".join(text.split()) for part, text in said.get("contact", {}).items()}),
        said.get("id", ""),
        tuple(said.get("outputs", {}).get("kinds", (WORD,))),
        publication_of(said.get("publish", {}), "campaign.toml"),
    )


def _require_valid(said: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # slow to import, and sound settings do without

    problem = next(iter(Draft202012Validator(_SCHEMA).iter_errors(said)), None)
    if problem is not None:
        place, words = ".".join(map(str, problem.path)), problem_in_words(problem)
        raise _broken(f"{place or 'campaign'}: {words.en}", f"{place}：{words.zh}" if place else words.zh)


def _line(key: str, value: str | date | int | None, example: str | date | int) -> str:
    """A line of campaign.toml; where there is no value, an example that counts for nothing."""
    said = value or example
    return f"{'' if value else '# '}{key} = {_quoted(said) if isinstance(said, str) else said}"


def _publish_lines(publication: Publication) -> Iterator[str]:
    """The lines of what is said of the website; where nothing is said, examples that count for nothing."""
    said = publication.said
    yield from (f"{tag} = {_quoted(value)}" for tag, value in said.items())
    yield from (f"# {tag} = {_quoted(value)}" for tag, value in _WEBSITE.items() if tag not in said)


def _kinds_line(kinds: Sequence[str]) -> str:
    """The line of the kinds of output; where there is Word alone, it counts for nothing."""
    said = ", ".join(map(_quoted, kinds))
    return f"{'# ' if list(kinds) == [WORD] else ''}kinds = [{said}]"


def _pattern(pattern: str) -> str:
    """A pattern of file names, which holds nothing in braces but what can be put there."""
    try:
        pattern.format(**dict.fromkeys(NAME_PARTS, ""))
    except (KeyError, ValueError, IndexError) as error:
        parts = [f"{{{part}}}" for part in NAME_PARTS]
        raise _broken(
            f"naming: {pattern}: there are {', '.join(parts)}",
            f"文件名“{pattern}”中的花括号里只能写这几种：{'、'.join(parts)}",
        ) from error
    return pattern


def _quoted(text: str) -> str:
    """A text as TOML writes it; JSON's way is one that TOML reads."""
    return json.dumps(text, ensure_ascii=False)


def _broken(english: str, chinese: str) -> CampaignError:
    return CampaignError(f"campaign.toml: {english}", f"设置文件campaign.toml有误：{chinese}")


def _day(value: object) -> date:
    """A day that TOML gives as such or as a text."""
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError as error:
        raise _broken(
            f"deadlines: {value} is no day such as 2026-01-31", f"截止日期“{value}”不是2026-01-31这样的日期"
        ) from error
