"""What the schema asks of the data, in the words of the catalogue: the same for a workbook as for data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportfill.checks.conditions import all_of, conditions_of, filled_in
from reportfill.checks.patterns import pattern_findings
from reportfill.checks.values_schema import is_empty_value, values_schema, without_blanks
from reportfill.finding import Finding, Severity, finding
from reportfill.model.chinese.numbering import of_paragraph
from reportfill.model.fields import Field
from reportfill.model.requirements import OF_PARAGRAPHS, OF_ROWS, Demand, requirement, value_in_words
from reportfill.model.row_paths import field_path, row_around
from reportfill.model.submission import Submission
from reportfill.pack.keywords import closest
from reportfill.pack.pack import Pack
from reportfill.pack.plain_schema import Test, plain_test
from reportfill.place import Cell
from reportfill.text import Text

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_ABSENT = ("schema.missing", "schema.needed")
_OF_IDENTITY = ("workbook.other_agency", "workbook.other_year", "workbook.version", "workbook.no_identity")
"""What is said of a workbook without its layout being in doubt."""

_NUMBERS = (int, float, Decimal)
"""Yes and no among them: where a number is due, the kind says what they are."""

_LONGEST_VALUE = 60
"""Characters of a value that a finding holds."""


def structure_findings(submission: Submission, pack: Pack) -> Iterator[Finding]:
    """What the data lack or hold against the schema. What reading already reported is not said again."""
    wrong = {found.field for found in submission.findings if found.severity is Severity.ERROR}
    is_valid = _quick_look(pack, submission.absent, submission.is_rolled_up)
    if is_valid is None or not is_valid(submission.exact_data):
        for found in list(_doubtful(submission, pack, wrong)):
            wrong.add(found.field)
            yield found
    yield from pattern_findings(submission, pack, wrong)


@lru_cache(maxsize=16)
def _quick_look(pack: Pack, absent: frozenset[str], is_rolled_up: bool) -> Test | None:
    return plain_test(values_schema(pack.schema, absent, is_rolled_up=is_rolled_up))


@lru_cache(maxsize=16)
def _validator(pack: Pack, absent: frozenset[str], is_rolled_up: bool) -> Draft202012Validator:
    from reportfill.pack.validator import PackValidator  # jsonschema is slow to import

    validator: Draft202012Validator = PackValidator(
        values_schema(pack.schema, absent, is_rolled_up=is_rolled_up)
    )
    return validator


def _doubtful(submission: Submission, pack: Pack, reported: set[str]) -> Iterator[Finding]:
    """What jsonschema finds, every place of the data once."""
    layout_broken = any(
        found.code.startswith("workbook.") and found.code not in _OF_IDENTITY for found in submission.findings
    )
    seen: set[object] = set()
    for error in _validator(pack, submission.absent, submission.is_rolled_up).iter_errors(
        without_blanks(submission.exact_data, pack.schema)
    ):
        for found in _findings(submission, pack, error):
            known = _is_reported(found.field, reported) or (layout_broken and found.code in _ABSENT)
            place = found.field if found.code in (*_ABSENT, "schema.unknown") else tuple(error.absolute_path)
            if not known and place not in seen:
                seen.add(place)
                yield found


def _is_reported(path: str, reported: set[str]) -> bool:
    return any(known == path or known.startswith((f"{path}.", f"{path}[")) for known in reported)


def _findings(submission: Submission, pack: Pack, error: ValidationError) -> Iterator[Finding]:
    path = _path(pack, error)
    asked: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "required":
        missing = [name for name in asked if name not in instance]
        yield from _missing(submission, pack, path, missing, _conditions(pack, error))
    elif error.validator == "dependentRequired":
        for name, needed in asked.items():
            if name in instance:
                missing = [other for other in needed if other not in instance]
                also = filled_in(_below(path, name), submission.label)
                yield from _missing(submission, pack, path, missing, [*_conditions(pack, error), also])
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for key in (key for key in instance if key not in known):
            extra = _below(path, key)
            yield finding("schema.unknown", field=extra, value=extra)
    else:
        if field_path(path) in pack.rows and error.instance == []:
            yield finding(
                "rows.empty", field=path, cell=_cell(submission, error), label=submission.label(path)
            )
            return
        field = submission.field(path)
        found = _value_finding(field, error, _cell(submission, error)) if field else None
        yield found or _other(submission, pack, path, error)


def _path(pack: Pack, error: ValidationError) -> str:
    """The path of the value that an error is about, of a paragraph that of its field."""
    path = _place_of(error)
    is_entry = path.endswith("]") and field_path(path) in pack.fields
    return path[: path.rfind("[")] if is_entry else path


def _place_of(error: ValidationError) -> str:
    path = ""
    for key in error.absolute_path:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
    return path


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _conditions(pack: Pack, error: ValidationError) -> list[Text]:
    def label(path: str) -> str:
        field = pack.fields.get(path)
        return field.title if field and field.rows else pack.label(path)

    return list(conditions_of(pack.schema, list(error.absolute_schema_path)[:-1], label))


def _missing(
    submission: Submission, pack: Pack, holder: str, names: Iterable[str], conditions: list[Text]
) -> Iterator[Finding]:
    """The parts that are not there, each by its label and, where it has one, its first cell."""
    for name in names:
        path, row = _below(holder, name), row_around(f"{holder}.")
        part = pack.parts.get(field_path(path))
        below = part.fields if part else ()
        if below and all(field.path in pack.rules.derived for field in below):
            continue  # it lacks only because figures that it is the sum of do, and those are named
        places = [path, *(row + field.path[len(field_path(row)) :] for field in below)]
        cells = [submission.places.get(place) for place in places]
        where: dict[str, Any] = {
            "field": path,
            "cell": next(filter(None, cells), None) or submission.cell_of_row(row),
            "label": submission.label(path),
        }
        if conditions:
            yield finding("schema.needed", **where, condition=all_of(conditions))
        else:
            yield finding("schema.missing", **where)


def _value_finding(field: Field, error: ValidationError, cell: Cell | None) -> Finding | None:
    """The finding on one value, in the words that a cell would get; None where none of them fits."""
    is_paragraph = isinstance(error.absolute_path[-1], int)
    if is_empty_value(error.instance) and not is_paragraph:
        return field.finding(field.kind.blank_code, cell)
    is_judged = error.validator in field.kind.judged_keywords or isinstance(error.instance, _NUMBERS)
    return field.kind.judge(field, error.instance, cell) if is_judged else None


def _other(submission: Submission, pack: Pack, path: str, error: ValidationError) -> Finding:
    counts = _counts(pack, path)
    problem, now = _demand(error, counts), value_in_words(error.instance)
    if error.validator in counts:
        number = len(list(error.instance))  # type: ignore[arg-type]  # a list, for jsonschema asked how long it is
        now = Text(f"{number}{'段' if counts is OF_PARAGRAPHS else '行'}", f"{number}")
    meant = closest(str(error.instance), _choices(error))
    if meant:
        now = Text(f"{now.zh}（是不是“{meant}”？）", f'{now.en} (is "{meant}" meant?)')
    conditions = _conditions(pack, error)
    if conditions:
        when = all_of(conditions)
        problem = Text(f"{when.zh}的，{problem.zh}", f"{problem.en} where {when.en}")
    return finding(
        "schema.type" if error.validator == "type" else "schema.invalid",
        field=path,
        cell=_cell(submission, error),
        value=_plain(error.instance),
        expected=problem,
        label=submission.label(path) + (_number_of_paragraph(error) if path != _place_of(error) else ""),
        problem=problem,
        now=now,
    )


def _counts(pack: Pack, path: str) -> Mapping[str, Demand]:
    """How it is said that something has too few or too many parts."""
    known = field_path(path)
    return OF_PARAGRAPHS if known in pack.fields else OF_ROWS if known in pack.rows else {}


def _demand(error: ValidationError, counts: Mapping[str, Demand]) -> Text:
    asked: Any = error.validator_value
    if error.validator in counts:
        return counts[str(error.validator)](asked, {})
    return requirement(str(error.validator), asked, error.schema if isinstance(error.schema, Mapping) else {})


def _choices(error: ValidationError) -> list[str]:
    """The texts from which one was to be chosen."""
    asked: Any = {"enum": error.validator_value, "const": [error.validator_value]}.get(
        str(error.validator), []
    )
    return [choice for choice in asked if isinstance(choice, str)]


def _number_of_paragraph(error: ValidationError) -> str:
    last = error.absolute_path[-1] if error.absolute_path else None
    return of_paragraph(last + 1) if isinstance(last, int) else ""


def _plain(value: Any) -> Any:
    """A value that JSON can hold, not too long: anything but texts and numbers as JSON spells it."""
    if value is None or isinstance(value, int | Decimal):
        return value
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text[:_LONGEST_VALUE]


def _cell(submission: Submission, error: ValidationError) -> Cell | None:
    return submission.places.get(_place_of(error))
