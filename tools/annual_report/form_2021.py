"""The form for 2021 and later years (国办公开办函〔2021〕30号)."""

from .form import Form

FORM_2021 = Form(
    pack="annual-report-2021",
    blocks=(
        ("第二十条第（一）项", ("rules", "normative_documents")),
        ("第二十条第（五）项", ("licensing",)),
        ("第二十条第（六）项", ("penalties", "compulsory_measures")),
        ("第二十条第（八）项", ("fees",)),
    ),
    note="没有发生的填0，不要留空；件数填整数，金额以万元为单位，可以带小数。",
)
