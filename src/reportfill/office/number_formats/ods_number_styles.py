"""The number styles of an .ods as codes of number formats (OpenDocument 1.3, part 3, 16.29)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from xml.etree.ElementTree import Element

from reportfill.office.inspection.extent import whole_number
from reportfill.office.number_formats.sections import LONGEST

_USUAL_CONDITIONS = ("", ">=0", ">0 <0", ">0 <0 =0")
"""Those that sections have without stating them."""

_SCRIPTS = {"一": "1", "壹": "2", "壱": "2", "１": "3"}
_MOST_PLACES = 30
_MOST_PIECES = 200
_DATES = {
    "day": "d",
    "month": "m",
    "year": "yy",
    "hours": "h",
    "minutes": "m",
    "seconds": "s",
    "era": "g",
    "day-of-week": "ddd",
    "am-pm": "AM/PM",
    "quarter": "m",
    "week-of-year": "d",
}
"""What dates and times are made of, in their short form."""


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def attributes_of(element: Element) -> dict[str, str]:
    """The attributes of an element by their names without namespaces."""
    return {local(name): value for name, value in element.attrib.items()}


def code_of_style(style: Element, others: Mapping[str, Element]) -> str:
    """The code of a number style. `others` are the styles by name that its conditions lead to."""
    maps = [attributes_of(child) for child in style if local(child.tag) == "map"]
    conditions = [comparison(one.get("condition", "")) for one in maps]
    parts = [
        _section(others[name]) if (name := one.get("apply-style-name", "")) in others else "" for one in maps
    ]
    if " ".join(conditions) not in _USUAL_CONDITIONS:
        parts = [f"[{condition}]{part}" for condition, part in zip(conditions, parts, strict=True)]
    is_text = local(style.tag) == "text-style"
    if is_text and maps:
        parts += ["General"] * (3 - len(parts))
    return ";".join([*parts, _section(style)])


def comparison(said: str) -> str:
    """A condition as a code states it: <>0 for value()!=0 and cell-content()!=0."""
    compared = said.replace(" ", "").removeprefix("value()").removeprefix("cell-content()")
    return compared.replace("!=", "<>")


def _section(style: Element) -> str:
    """The code of a style without its conditions; of one that no program writes, a code that none takes."""
    if len(style) > _MOST_PIECES:
        return "0" * (LONGEST + 1)
    is_percentage = local(style.tag) == "percentage-style"
    script = _SCRIPTS.get(attributes_of(style).get("transliteration-format", ""), "")
    pieces = "".join(_piece(child, is_percentage=is_percentage) for child in style)
    return f"[DBNum{script}]{pieces}" if script else pieces


def _piece(element: Element, *, is_percentage: bool) -> str:
    said = attributes_of(element)
    text = element.text or ""
    name = local(element.tag)
    match name:
        case "number":
            return _number(element, said)
        case "scientific-number":
            step = max(1, _whole(said, "exponent-interval", 1))
            whole = "0".rjust(max(step, _whole(said, "min-integer-digits", 1)), "#")
            return f"{whole}{_decimals(said)}E+{'0' * max(1, _whole(said, 'min-exponent-digits', 1))}"
        case "fraction":
            return _fraction(said)
        case "text" | "currency-symbol":
            pieces = (quoted(part) for part in text.split("%")) if is_percentage else (quoted(text),)
            return "%".join(pieces)
        case "text-content":
            return "@"
        case "fill-character":
            return f"*{text[:1]}" if text else ""
        case "boolean":
            return "General"
    return _date(name, said)


def quoted(text: str) -> str:
    """A text as it stands in a code: "件"."""
    inside = text.replace('"', '"\\""')
    return f'"{inside}"' if text else ""


def _date(name: str, said: Mapping[str, str]) -> str:
    letters = _DATES.get(name, "")
    if said.get("textual") == "true":
        letters = "mmm"
    if letters and letters != "AM/PM" and said.get("style") == "long":
        letters += letters[0] * (2 if letters == "yy" else 1)
    return letters


def _number(element: Element, said: Mapping[str, str]) -> str:
    if "decimal-places" not in said and not len(element) and said.get("min-integer-digits", "1") == "1":
        return "General" if "grouping" not in said else "#,##0.##########"
    whole = _with_embedded(element, "0" * _whole(said, "min-integer-digits", 0))
    if said.get("grouping") == "true":
        whole = f"#,{whole.rjust(3, '#')}" if set(whole) <= {"0", "#"} else whole
    return f"{whole}{_decimals(said)}{',' * _thousands(said.get('display-factor', '1'))}"


def _with_embedded(element: Element, zeros: str) -> str:
    """The places before the point with the texts among them, each so many digits from the point."""
    texts = {
        whole_number(attributes_of(child).get("position", ""), 0): child.text or ""
        for child in element
        if local(child.tag) == "embedded-text"
    }
    most = min(_MOST_PLACES, max([len(zeros), *(place + 1 for place in texts)]))
    places = zeros.rjust(max(1, most), "#")
    return "".join(
        f"{place}{quoted(texts.get(rest, '')) if rest else ''}"
        for place, rest in zip(places, range(len(places) - 1, -1, -1), strict=True)
    )


def _decimals(said: Mapping[str, str]) -> str:
    """The places behind the point, with the point; as many zeros as are always shown."""
    most = _whole(said, "decimal-places", 0)
    least = min(most, _whole(said, "min-decimal-places", 0 if "decimal-replacement" in said else most))
    return f".{'0' * least}{'#' * (most - least)}" if most else ""


def _fraction(said: Mapping[str, str]) -> str:
    whole = "# " if "min-integer-digits" in said else ""
    numerator = "?" * max(1, _whole(said, "min-numerator-digits", 1))
    stated = said.get("denominator-value", "")
    denominator = stated if stated.isdecimal() else "?" * max(1, _whole(said, "min-denominator-digits", 1))
    return f"{whole}{numerator}/{denominator}"


@lru_cache(maxsize=64)
def _thousands(factor: str) -> int:
    """How many commas divide by a factor: two for 1000000."""
    digits = factor.partition(".")[0]
    return min(_MOST_PLACES, (len(digits) - 1) // 3) if digits.startswith("1") else 0


def _whole(said: Mapping[str, str], name: str, otherwise: int) -> int:
    return min(_MOST_PLACES, whole_number(said.get(name, ""), otherwise))


def is_number_style(element: Element) -> bool:
    """Whether an element is a number style, of whatever kind."""
    return element.tag.endswith("-style") and "datastyle" in element.tag


def number_styles(root: Element) -> Iterator[tuple[str, Element]]:
    """The number styles below an element by their names."""
    for element in root.iter():
        if is_number_style(element):
            yield attributes_of(element).get("name", ""), element
