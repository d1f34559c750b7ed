"""Several choices that share a cell."""

from __future__ import annotations

import pytest

from reportfill.model.fields import Field, fields_of

LISTED = ("没收违法所得", "没收违法所得、没收非法财物", "罚款", "警告，通报")


@pytest.fixture
def field() -> Field:
    """A field of choices some of whose titles hold the signs that stand between choices."""
    node = {
        "title": "种类",
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "enum": list(LISTED)},
    }
    return fields_of({"type": "object", "properties": {"kinds": node}, "required": ["kinds"]})["kinds"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("罚款、没收违法所得、没收非法财物", ("罚款", "没收违法所得、没收非法财物")),
        ("没收违法所得、没收非法财物、罚款", ("没收违法所得、没收非法财物", "罚款")),
        ("没收违法所得、罚款", ("没收违法所得", "罚款")),
        ("警告，通报；罚款", ("警告，通报", "罚款")),
        (" 罚款 \n没收违法所得 ", ("罚款", "没收违法所得")),
        ("、、", ()),
    ],
)
def test_a_title_with_a_sign_in_it_is_not_divided(
    field: Field, typed: str, expected: tuple[str, ...]
) -> None:
    assert field.kind.read(field, typed, None).value == expected


@pytest.mark.parametrize("cells", [1, 2, 4])
def test_what_shares_the_last_cell_is_read_back(field: Field, cells: int) -> None:
    contents = field.kind.contents(field, list(LISTED), cells)
    assert tuple(one for words in contents for one in field.kind.read(field, words, None).value) == LISTED
