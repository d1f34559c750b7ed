"""Where the name of a Chinese office falls into words, as far as the words are known: 清河县｜人民政府｜办公室.

A title is broken between words only (GB/T 9704-2012, 7.3.1). No dictionary is needed for that: the names of offices end
their parts with few words.
"""

from __future__ import annotations

import re
from itertools import pairwise

_ENDS = re.compile(
    "特别行政区|自治区|自治州|自治县|自治旗|人民政府|人民代表大会|常务委员会|工作委员会|管理委员会|委员会|"
    "街道办事处|街道|办事处|办公厅|办公室|开发区|示范区|保税区|高新区|新区|地区|园区|林区|矿区|景区|社区|"
    "管理局|监督局|服务局|执法局|分局|总局|管理处|管理所|监督所|派出所|服务中心|管理中心|中心|"
    "总队|支队|大队|中队|人民法院|检察院|医院|研究院|学院|博物馆|图书馆|档案馆|大学|学校|中学|小学|"
    "协会|总会|联合会|集团|有限责任公司|有限公司|公司|银行|和"
)
_SHORT_ENDS = "省市县区州盟旗镇乡局厅部处"
_WHOLE = re.compile(
    "城市|都市|市场|市政|市容|市民|市级|市区|县级|县域|区级|区域|区划|省级|州府|乡村|乡镇|城镇|城乡|镇区|部门|部队|"
    "内部|全部|干部|总部|局部|处理|处置|街区|校区|片区|局长|市长|县长|区长|军区|战区"
)
"""Words in which such an end ends nothing."""

_KEPT = re.compile(
    r"（(?:[^（）]|（[^（）]*）)*）|\([^()]*\)|第?[0-9]+(?:号[楼院]|[个家号届次期])|第[0-9]+|"
    r"[0-9A-Za-z][0-9A-Za-z.&'’+/-]*\s*"
)
"""What stays whole: something in brackets, a number with what counts, a word in Western letters."""

_NEVER_FIRST = "、，）)·"


def words_of(name: str) -> list[str]:
    """The words of a name in their order, blanks with the word before them."""
    spans = [match.span() for kind in (_ENDS, _WHOLE, _KEPT) for match in kind.finditer(name)]
    inside = {place for start, end in spans for place in range(start + 1, end)}
    ends_nothing = inside | {match.end() for match in _WHOLE.finditer(name)}
    short = {place + 1 for place, sign in enumerate(name) if sign in _SHORT_ENDS and place}
    places = {match.end() for match in _ENDS.finditer(name)} | (short - ends_nothing)
    places |= {place + 1 for place, sign in enumerate(name) if sign in "、，·"}
    places |= {place for kept in _KEPT.finditer(name) for place in kept.span()}
    ends = {place for place in places - inside if place < len(name) and name[place] not in _NEVER_FIRST}
    return [name[start:end] for start, end in pairwise(sorted({0, len(name)} | ends))]
