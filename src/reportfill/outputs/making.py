"""Outputs made of the data of a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from reportfill.errors import ReportfillError
from reportfill.outputs.kind import KINDS, Output, OutputKind
from reportfill.outputs.material import Material
from reportfill.system_words import in_one_line
from reportfill.text import Text


class MadeOutputs(NamedTuple):
    """Outputs that were made, and why others could not be."""

    outputs: tuple[Output, ...] = ()
    not_made: tuple[Text, ...] = ()


def outputs_of_data(material: Material, names: Iterable[str]) -> MadeOutputs:
    """The outputs of some kinds, without those that are made of a report's pages. One that cannot be made holds up no
    other."""
    outputs: list[Output] = []
    not_made: list[Text] = []
    for kind in (KINDS[name] for name in names):
        if not kind.is_of_pages:
            try:
                outputs += kind.outputs(material)
            except (ReportfillError, OSError) as error:
                not_made.append(why_not_made(kind, error))
    return MadeOutputs(tuple(outputs), tuple(not_made))


def why_not_made(kind: OutputKind, error: ReportfillError | OSError) -> Text:
    """What is said of a kind of output that could not be made."""
    why = in_one_line(error)
    return Text(f"没有生成{kind.title.zh}：{why.zh}", f"no {kind.title.en} was made: {why.en}")
