"""Whatever is wrong with the XML of a workbook that can be read, it can be returned with its marks."""

from __future__ import annotations

import copy
import warnings
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from often import often
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.intake.returning.returned import returned_workbook
from reportfill.model.figures import value_at
from reportfill.office.package import composed, parts_of

PLACES = st.floats(0, 1, exclude_max=True)
VALUES = st.sampled_from(["", "-1", "999", "x", "A0", "XFE1", "1:1", "true"])


@cache
def sound_parts(*, is_returned: bool) -> dict[str, bytes]:
    """The parts of a workbook full of mistakes, as it came or as it is returned."""
    content = (SAMPLES / "typical-mistakes-2023.xlsx").read_bytes()
    submission = read_workbook(content)
    return parts_of(returned_workbook(content, submission, check(submission)) if is_returned else content)


def damaged(parts: dict[str, bytes], part: float, element: float, how: int, value: str) -> bytes:
    """A workbook with something done to an element of one of its parts."""
    names = [name for name in parts if name.endswith((".xml", ".rels", ".vml"))]
    name = names[int(part * len(names))]
    root = etree.fromstring(parts[name])
    elements = list(root.iter(etree.Element))
    one = elements[int(element * len(elements))]
    parent = one.getparent()
    if how == 0 and parent is not None:
        parent.remove(one)
    elif how == 1 and parent is not None:
        one.addnext(copy.deepcopy(one))
    elif how == 2:
        one.text = value
    elif how == 3:
        return composed({other: content for other, content in parts.items() if other != name})
    elif one.attrib:
        one.set(list(one.attrib)[how % len(one.attrib)], value)
    return composed(parts | {name: etree.tostring(root)})


@settings(max_examples=often(50))
@given(is_returned=st.booleans(), part=PLACES, element=PLACES, how=st.integers(0, 9), value=VALUES)
def test_what_can_be_read_can_be_returned(
    is_returned: bool, part: float, element: float, how: int, value: str
) -> None:
    content = damaged(sound_parts(is_returned=is_returned), part, element, how, value)
    submission = read_workbook(content)
    if submission.pack is None:
        return
    with warnings.catch_warnings(action="ignore"):  # openpyxl names what it leaves out
        back = read_workbook(returned_workbook(content, submission, check(submission)))
    totals = submission.pack.rules.derived  # formulas, which have no result where a figure is missing
    typed = [path for path in submission.pack.fields if path not in totals]
    assert [value_at(back.exact_data, path) for path in typed] == [
        value_at(submission.exact_data, path) for path in typed
    ]
