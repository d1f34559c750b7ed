"""All rules of a pack's schema, spelled out once: what must balance, what is derived, what is mentioned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.decimals import Number
from reportfill.model.fields import Fields, Schema, subschemas
from reportfill.pack.balances import Balance, PointerError, balances_at, figure_outline
from reportfill.pack.problems import BrokenPackError, PackProblem, place_in_schema
from reportfill.pack.wordings import Mention, Wordings, mention_of, without_effect, wordings_of


@dataclass(frozen=True, slots=True)
class Rules:
    """What a schema says about figures beyond JSON Schema.

    `derived` maps a figure that need not be typed to the balance that gives it, `prefilled` one that follows
    from last year's report, each by the path of the balance's first left term.
    """

    balances: tuple[Balance, ...]
    mentions: tuple[Mention, ...]
    wordings: Wordings
    derived: Mapping[str, Balance]
    prefilled: Mapping[str, Balance]
    optional: frozenset[str]
    """Figures that a report may lack."""

    def derive(self, figures: Mapping[str, Number]) -> dict[str, Number]:
        """The derived figures that are missing and that the others give. A blank one that a report may lack counts as
        0; a sum of nothing but such ones is worked out only where the report has to have it."""
        known, found = dict(figures), {}
        for path, balance in self.derived.items():
            if path in known:
                continue
            parts = [known.get(term.path) for term in balance.right]
            if None in parts and not self._may_lack(path, balance, known):
                continue
            known[path] = found[path] = sum(part for part in parts if part is not None)
        return found

    def _may_lack(self, path: str, balance: Balance, known: Mapping[str, Number]) -> bool:
        """Whether a sum can be worked out although some of its parts are missing."""
        missing = [term.path for term in balance.right if term.path not in known]
        is_of_nothing = len(missing) == len(balance.right)
        return self.optional.issuperset(missing) and not (is_of_nothing and path in self.optional)


def rules_of(schema: Schema, fields: Fields) -> Rules:
    """The rules of a resolved schema. Raises PackError with every rule that does not fit the schema."""
    balances, mentions, problems = _read(schema, fields)
    try:
        wordings = wordings_of(schema, fields)
    except PointerError as error:
        wordings = Wordings()
        problems.append(PackProblem(place_in_schema(["wordings"]), str(error), error.chinese))
    derived = _derived(balances)
    ordered = _in_order(derived)
    circular = (
        (rule.id, f"{path} would be derived from itself", f"{path}由自己算出来")
        for path, rule in derived.items()
        if path not in ordered
    )
    problems += [
        PackProblem("schema.json", f"rule {id_}: {fault}", f"规则{id_}：{chinese}")
        for id_, fault, chinese in (*without_effect(mentions), *circular)
    ]
    if problems:
        raise BrokenPackError(problems)
    optional = frozenset(path for path, field in fields.items() if not field.required or field.conditions)
    return Rules(tuple(balances), tuple(mentions), wordings, ordered, _prefilled(balances), optional)


def _read(schema: Schema, fields: Fields) -> tuple[list[Balance], list[Mention], list[PackProblem]]:
    balances: list[Balance] = []
    mentions: list[Mention] = []
    problems: list[PackProblem] = []
    for keys, node in subschemas(schema):
        for keyword in ("balances", "mentions"):
            for index, rule in enumerate(node.get(keyword, [])):
                try:
                    if keyword == "balances":
                        balances += balances_at(keys, rule, figure_outline(node))
                    else:
                        mentions.append(mention_of(keys, rule, schema, fields))
                except PointerError as error:
                    problems.append(_problem(keys, keyword, index, rule, error))
    return balances, mentions, problems


def _problem(
    keys: Sequence[str], keyword: str, index: int, rule: Mapping[str, Any], error: PointerError
) -> PackProblem:
    """The fault of a rule with its place: the path to its subschema in the data model, then the rule."""
    holder = [part for key in keys for part in ("properties", key)]
    return PackProblem(
        place_in_schema([*holder, keyword, index]),
        f"rule {rule['id']}: {error}",
        f"规则{rule['id']}：{error.chinese}",
    )


def _derived(balances: Sequence[Balance]) -> dict[str, Balance]:
    """Figures that stand alone on the left of a rule about this year; the first such rule counts."""
    found: dict[str, Balance] = {}
    for balance in balances:
        alone = len(balance.left) == 1 and balance.relation == "equal" and not balance.needs_last
        if alone and balance.severity == "error":
            found.setdefault(balance.place, balance)
    return found


def _in_order(derived: Mapping[str, Balance]) -> dict[str, Balance]:
    """The derived figures so ordered that each comes after those that it is the sum of."""
    ordered: dict[str, Balance] = {}
    while True:
        waiting = {path: rule for path, rule in derived.items() if path not in ordered}
        ready = {
            path: rule for path, rule in waiting.items() if not any(t.path in waiting for t in rule.right)
        }
        if not ready:
            return ordered
        ordered |= ready


def _prefilled(balances: Sequence[Balance]) -> dict[str, Balance]:
    """Figures that follow from last year's report: the first on the left of an equality that names it."""
    found: dict[str, Balance] = {}
    for balance in balances:
        from_last = balance.needs_last and not any(term.last for term in balance.left)
        if balance.relation == "equal" and from_last:
            found.setdefault(balance.place, balance)
    return found
