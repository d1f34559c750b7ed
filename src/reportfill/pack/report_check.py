"""Whether a report.docx prints every field, and nothing that it should not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from reportfill.model.fields import Fields, tree_of
from reportfill.model.report_model import CODE, LAST_YEAR
from reportfill.pack.braces import meant_path
from reportfill.pack.pack import REPORT
from reportfill.pack.problems import PackProblem, Place
from reportfill.pack.report_charts import chart_problems, charted_paths
from reportfill.pack.report_contents import report_contents_problems, report_kind_problems
from reportfill.pack.report_parts import report_parts
from reportfill.pack.report_pictures import picture_problems, pictured_paths
from reportfill.pack.report_tags import TagPlace, TagUse, report_problems, report_tags
from reportfill.pack.report_typing import TAG
from reportfill.pack.tag_words import single_braces, unknown_path


def printing_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    """What is wrong with a report.docx; `fields` are None where the schema cannot be used."""
    wrong_kind = report_kind_problems(content)
    if wrong_kind:
        yield from wrong_kind
        return
    yield from report_contents_problems(content)
    broken = report_problems(content)
    yield from broken
    if broken or fields is None:
        return
    yield from _braced_names(content, fields)
    tags, parts = report_tags(content), tree_of(fields.values())
    yield from wrong_uses(tags, fields, "tr ")
    yield from chart_problems(content, parts)
    yield from picture_problems(content, fields)
    printed = {tag.path for tag in tags} | charted_paths(content, parts) | pictured_paths(content)
    yield from unprinted(REPORT, "报告", fields, printed)


def unprinted(place: Place, what: str, fields: Fields, printed: Collection[str]) -> Iterator[PackProblem]:
    """The fields that a template does not print, given what it prints and what it is called."""
    for path, field in fields.items():
        if path not in printed and path != CODE:
            yield PackProblem(
                place,
                f"{{{{ {path} }}}} is printed nowhere ({field.label})",
                f"{what}中没有 {{{{ {path} }}}}（{field.label}）",
            )


def wrong_uses(tags: Iterable[TagPlace], fields: Fields, of_rows: str) -> Iterator[PackProblem]:
    """What is wrong with each tag, once: `visits-total`, one name to its writer, is two to Jinja. `of_rows` is what
    stands behind the braces of a loop over rows."""
    named: set[tuple[Place, str]] = set()
    for tag in tags:
        words = _wrong_use(tag, fields, of_rows)
        if words and (tag.place, tag.tag) not in named:
            named.add((tag.place, tag.tag))
            yield PackProblem(tag.place, *words)


def _wrong_use(tag: TagPlace, fields: Fields, of_rows: str) -> tuple[str, str] | None:
    path, field = tag.path, fields.get(tag.path)
    if path == LAST_YEAR or path.startswith(f"{LAST_YEAR}."):
        return _wrong_use_of_last(path, fields)
    if field is None:
        return _wrong_use_of_rows(tag, fields, of_rows)
    if field.rows and not tag.is_of_loop:
        loop = f"{{%{of_rows}for row in {field.rows} %}}"
        return (
            f"{path} stands in rows and needs a loop around it: {loop}",
            f"{path}在各行里，外面须有循环：{loop}",
        )
    if field.kind.is_laid and tag.use is TagUse.VALUE:
        english = (
            f"{path} is a picture, whose tag {{{{ picture: {path} }}}} stands in the alternative text of one"
        )
        return english, f"{path}是图片，应在一张图片的替代文字里写 {{{{ 图片：{path} }}}}"
    if field.kind.is_narrative and tag.use is TagUse.VALUE:
        english = f"{path} is a list of paragraphs and needs a loop around it"
        return english, f"{path}是分段的文字，外面须有循环"
    if not field.kind.is_list and tag.use is TagUse.LOOP:
        return f"{path} is a single value and cannot be looped over", f"{path}是单个值，不能循环"
    return None


def _wrong_use_of_last(path: str, fields: Fields) -> tuple[str, str] | None:
    """What is wrong with a tag that names the report of the year before."""
    if path == LAST_YEAR:
        return None
    own = path.removeprefix(f"{LAST_YEAR}.")
    if own not in fields or fields[own].rows:
        return unknown_path(own, fields)
    if not fields[own].kind.is_number:
        return f"of last year only figures are known, and {own} is none", f"上年度只有数据可用，{own}不是数据"
    return None


def _wrong_use_of_rows(tag: TagPlace, fields: Fields, of_rows: str) -> tuple[str, str] | None:
    """What is wrong with a tag that names no field: it may name rows, which are looped over or asked about, or the part
    of a paragraph, which has none."""
    holder, _, key = tag.path.rpartition(".")
    if tag.path in {field.rows for field in fields.values() if field.rows}:
        if tag.use is not TagUse.VALUE:
            return None
        loop = f"{{%{of_rows}for row in {tag.path} %}}"
        return (
            f"the rows {tag.path} need a loop around them: {loop}",
            f"{tag.path}是按行填写的，外面须有循环：{loop}",
        )
    if tag.is_of_loop and holder in fields:
        return (
            f"a paragraph of {holder} has no parts, and no {key}",
            f"{holder}里的一段文字没有下级{key}；请直接写循环里的名称",
        )
    return unknown_path(tag.path, fields)


def _braced_names(content: bytes, fields: Fields) -> Iterator[PackProblem]:
    """Fields between single braces, which are no tag."""
    for part in report_parts(content):
        for piece in part.pieces:
            path = meant_path(TAG.sub("", piece.text), fields)
            if path:
                yield PackProblem(piece.place, *single_braces(path))
