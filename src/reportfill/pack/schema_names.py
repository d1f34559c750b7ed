"""Whether the names of fields in a schema can be used, and name any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportfill.model.report_model import LAST_YEAR
from reportfill.pack.keywords import closest
from reportfill.pack.problems import PackProblem, SchemaPlace, problem_in_schema
from reportfill.pack.tags import is_field_name


def misnamed(name: str, place: SchemaPlace) -> Iterator[PackProblem]:
    """A name that no tag can have, or that means something else in tags."""
    if not is_field_name(name):
        english = f'no tag can name the field "{name}": letters, digits and _ only, no digit first'
        chinese = f"标签写不出“{name}”这个名称：只能用文字、字母、数字和下划线，不能以数字开头"
        yield problem_in_schema(place, english, chinese)
    if place == ("properties", LAST_YEAR):
        english = f'"{LAST_YEAR}" is what tags call the year before; name the field otherwise'
        yield problem_in_schema(place, english, f"{LAST_YEAR}在标签中指上年度，请换一个名称")


def unknown_names(names: Iterable[str], known: Iterable[str], place: SchemaPlace) -> Iterator[PackProblem]:
    """The names that are none of those known, each with the one that was perhaps meant."""
    for name in names:
        if name not in known:
            meant = closest(name, known)
            english, chinese = f'there is no field "{name}" here', f"这里没有“{name}”这个栏目"
            english += f'; is "{meant}" meant?' if meant else ""
            yield problem_in_schema(place, english, chinese + (f"，是不是“{meant}”？" if meant else ""))
