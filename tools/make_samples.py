"""Write workbooks of sample_inputs/: for the form of 2019, the statistics of law enforcement and the universities'
report sound ones, and of each one full of what clerks get wrong there.

usage: python -m tools.make_samples [FOLDER]      (from the project's root; default: sample_inputs)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from reportfill import Pack, load_pack, new_workbook
from reportfill.model.figures import value_at, with_values
from reportfill.model.row_paths import field_path, keys_of
from reportfill.place import Cell
from tools.make_cases.surgery import with_texts

ROOT = Path(__file__).resolve().parents[1]
FOLDER, DATA = ROOT / "sample_inputs", ROOT / "tests" / "data"

DEADLINE, DEADLINE_OF_SCHOOLS = "1月31日", "10月31日"
"""The last days of the offices that the samples are for."""

AS_PUBLISHED = {"proactive.procurement.amount": "17.27万元"}
"""What was published of Dadukou's figures with its unit."""

MISTAKES: dict[str, Any] = {
    "agency.name": "某区工业和信息化局",
    "overview.proactive_disclosure": [
        "全年主动公开政府信息2942条，规范性文件均通过政府门户网站公开并同步解读。"
    ],
    "proactive.normative_documents": {"made": 2, "disclosed": 12, "total_disclosed": 9},
    "proactive.licensing": {"last_year": 4, "change": -9, "decisions": 93},
    "proactive.procurement.projects": 0,
    "requests.received.natural_person": 3,
    "requests.outcomes.other.natural_person": 2,
}

AS_CLERKS_TYPE = {
    "proactive.rules.made": "-",
    "proactive.other_services.last_year": "2项",
    "proactive.other_services.change": "+2",
    "proactive.penalties.change": "减少1",
    "proactive.penalties.last_year": "-25",
    "proactive.compulsory_measures.change": "0.5",
    "proactive.fees.change": "无",
    "proactive.procurement.amount": "251000元",
}

STATISTICS_MISTAKES: dict[str, Any] = {
    "licensing.bodies[0].decisions.accepted": 131,
    "licensing.bodies[0].review.corrected": 30,
    "penalties.bodies[2].amount": 0,
    "penalties.bodies[2].general": 6,
    "penalties.bodies[2].prosecuted": 1,
    "others.bodies[0].levied": Decimal("3.6"),
    "account.licensing": ["行政许可申请总数为184件，受理189件，予以许可157件，不予许可2件。"],
}

STATISTICS_AS_CLERKS_TYPE = {
    "bodies[1].kind": "受委托组织",
    "delegations[0].since": "2021.7.15",
    "licensing.total.decisions.applied": "194",
    "penalties.bodies[0].cases.warning": "-",
    "penalties.bodies[0].amount": "12.35万元",
    "penalties.bodies[1].cases.confiscation": "304册",
    "penalties.bodies[2].name": "清河县农业农村局",
    "others.bodies[1].name": "县农业综合行政执法大队",
    "duties.compulsion": "无此职责",
    "others.bodies[2].inspections": "97.5",
    "others.bodies[2].levied": "3.60001",
    "issued": "1月19日",
}


UNIVERSITY_MISTAKES: dict[str, Any] = {
    "preamble.download": "xxgk.example.edu.cn",
    "overview": ["2020—2021学年，学校认真贯彻落实《高等学校信息公开办法》，不断提高信息公开工作水平。"],
    "proactive": ["本学年，信息公开网站共更新发布信息146项，内容涉及招生就业、教务、财务、招标等十个方面。"],
    "on_request": ["学校畅通依申请公开渠道，完善受理、审核、答复的工作流程，做到按时答复。"],
    "disputes": ["本学年未发生因信息公开工作受到举报的情况，联系人手机13800138000。"],
    "figures.carried_over": 1,
}
UNIVERSITY_LINKS: dict[int, dict[str, Any]] = {
    2: {"links": [{"url": "学校章程"}]},
    3: {"links": [{"url": "https://xxgk.example.edu.cn/a https://xxgk.example.edu.cn/b"}]},
    4: {"state": "公开"},
    5: {"state": "部分公开"},
    6: {"links": []},
    8: {"name": "（8）特殊类型招生入选考生资格及测试结果"},
    11: {"links": [{"url": "https://yjs.example.edu.cn/"}]},
}
"""What is otherwise of the items of these numbers."""
NO_MORE = 40
"""The number of an item that was deleted."""


def sample_workbooks() -> dict[str, bytes]:
    """The workbooks by file name."""
    return {**_of_offices(), **_of_universities()}


def _of_universities() -> dict[str, bytes]:
    pack = load_pack(ROOT / "templates" / "university-disclosure")
    data = _data("university-2021")
    numbers = count(1)
    classes = [
        {
            **one,
            "entries": [
                {**entry, **UNIVERSITY_LINKS.get(number, {})}
                for entry, number in zip(one["entries"], numbers, strict=False)
                if number != NO_MORE
            ],
        }
        for one in data["catalogue"]
    ]
    return {
        "university-2021.xlsx": _typed(pack, data, {}, DEADLINE_OF_SCHOOLS),
        "typical-mistakes-university-2021.xlsx": _typed(
            pack, with_values(data, {**UNIVERSITY_MISTAKES, "catalogue": classes}), {}, DEADLINE_OF_SCHOOLS
        ),
    }


def _of_offices() -> dict[str, bytes]:
    pack = load_pack(ROOT / "templates" / "annual-report-2019")
    statistics = load_pack(ROOT / "templates" / "law-enforcement-statistics")
    dadukou, qinghe = _data("dadukou-2020"), _data("qinghe-nongye-2023")
    return {
        "dadukou-keji-2020.xlsx": _typed(pack, dadukou, AS_PUBLISHED),
        "typical-mistakes-2020.xlsx": _typed(pack, with_values(dadukou, MISTAKES), AS_CLERKS_TYPE),
        "yongchuan-scjg-2022.xlsx": _typed(statistics, _data("yongchuan-2022"), {}),
        "qinghe-nongye-2023.xlsx": _typed(statistics, qinghe, {}),
        "typical-mistakes-statistics-2023.xlsx": _typed(
            statistics, _without_totals(with_values(qinghe, STATISTICS_MISTAKES)), STATISTICS_AS_CLERKS_TYPE
        ),
    }


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return data


def _without_totals(data: Mapping[str, Any]) -> dict[str, Any]:
    """Data whose sums over rows are to be worked out anew."""
    return {
        key: {name: one for name, one in part.items() if name != "total"}
        if isinstance(part, Mapping)
        else part
        for key, part in data.items()
    }


def _typed(pack: Pack, data: Mapping[str, Any], texts: Mapping[str, str], deadline: str = DEADLINE) -> bytes:
    """The workbook with these data, and with texts where figures are due."""
    agency = value_at(data, "agency.name")
    workbook = new_workbook(pack, agency=agency, year=data["year"], data=data, deadline=deadline)
    return with_texts(workbook, {str(_cell(pack, path)): text for path, text in texts.items()})


def _cell(pack: Pack, path: str) -> Cell:
    """The cell of a figure or a paragraph, in its row where it stands in one."""
    number = next((key for key in keys_of(path) if isinstance(key, int)), 0)
    return pack.form.inputs[field_path(path)][number]


def main(arguments: list[str]) -> None:
    """Write the samples into the folder named, or into sample_inputs/."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for name, content in sample_workbooks().items():
        (folder / name).write_bytes(content)
        print(folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
