"""The form for 2019 and 2020 (国办公开办函〔2019〕60号)."""

from .form import Form

FORM_2019 = Form(
    pack="annual-report-2019",
    blocks=(
        ("第二十条第（一）项", ("rules", "normative_documents")),
        ("第二十条第（五）项", ("licensing", "other_services")),
        ("第二十条第（六）项", ("penalties", "compulsory_measures")),
        ("第二十条第（八）项", ("fees",)),
        ("第二十条第（九）项", ("procurement",)),
    ),
    note="没有发生的填0，不要留空；数量填整数，本年减少的填负数（如-8）；采购总金额以万元为单位，可以带小数。",
    broken_heads={
        "本年新制作数量": "本年新\n制作数量",
        "本年新公开数量": "本年新\n公开数量",
    },
    prints_units_in_cells=True,
)
