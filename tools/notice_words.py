"""The words of the notices: of the packs of the annual report, and neutral ones that cite no law and name no day."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says. Paragraphs of the `text` that begin with # are headings; `contact` are labels, each with the
    tag of what stands behind it; `remark` is for whoever edits the template and is not printed."""

    subject: str
    remark: str
    title: str
    addressee: str
    text: tuple[str, ...]
    contact: tuple[tuple[str, str], ...]
    end_of_contact: str
    annex_named: str
    annex: str
    annex_title: str
    agency_headings: tuple[str, str]
    group: str
    number_headings: tuple[str, str]
    total: str
    note: str


_BASIS = "{% if legal_basis %}根据{{ legal_basis }}，{% endif %}"
_HAND_IN = (
    "（一）请各单位{% if deadline %}于{{ deadline }}前{% endif %}将填报表原文件发送至下列电子邮箱，不要转为其他格式。"
    "经校验有错误或者审核需要修改的，将标明后退回，请及时改正并重新报送。"
)
_NOT_CHANGED = (
    "（二）不得改动表样。不要插入、删除行列或者工作表，不要把内容复制到其他文件，不要另设打开密码。"
)

CHINESE = Words(
    subject="通知模板",
    remark="这是通知模板，可以用Word修改文字和版式，改后保存即可；双花括号中的内容由程序填入，请保留。"
    "联系人、电话和邮箱写在campaign.toml里，没有写的留出横线。本段不会出现在通知中。",
    title="{{ issuer }}\n关于做好{{ year }}年{{ title }}\n填报工作的通知",
    addressee="各有关单位：",
    text=(
        f"{_BASIS}现就做好{{{{ year }}}}年{{{{ title }}}}填报工作有关事项通知如下：",
        "# 一、填报范围和内容",
        "附件所列{{ number }}个单位均应填报。内容按照填报表的说明填写，数据应当真实、准确、完整。",
        "# 二、填报方法",
        "（一）使用统一的填报表。填报表（Excel工作簿）随本通知下发各单位，单位名称和年度已经填好，"
        "用Excel或者WPS打开，只在可以输入的单元格中填写。没有发生的事项填0，不得留空。",
        _NOT_CHANGED,
        "# 三、报送",
        _HAND_IN,
        "（二）填报内容不得含有国家秘密，不得含有不应当提供的个人信息。",
    ),
    contact=(
        ("联系人：", "contact.name"),
        ("；联系电话：", "contact.telephone"),
        ("；电子邮箱：", "contact.email"),
    ),
    end_of_contact="。",
    annex_named="附件：{{ year }}年{{ title }}报送单位名单",
    annex="附件",
    annex_title="{{ year }}年{{ title }}\n报送单位名单",
    agency_headings=("单位编码", "单位名称"),
    group="{{ group.superior }}（{{ group.number }}个）",
    number_headings=("上级单位", "报送单位数（个）"),
    total="合计",
    note="注：单位名称有误的，请在填报前告知。",
)

ANNUAL_REPORT = replace(
    CHINESE,
    title="{{ issuer }}\n关于做好{{ year }}年{{ title }}\n编制工作的通知",
    text=(
        f"{_BASIS}现就做好{{{{ year }}}}年{{{{ title }}}}（以下简称年度报告）编制、报送和公布工作有关事项通知如下：",
        "# 一、编制范围和内容",
        "附件所列{{ number }}个单位均应编制年度报告，统计期限为{{ year }}年1月1日至12月31日。"
        "内容、格式和统计口径按照国家统一规定执行，数据应当真实、准确、完整。",
        "# 二、填报方法",
        "（一）使用统一的填报表。填报表（Excel工作簿）随本通知下发各单位，单位名称和年度已经填好，"
        "用Excel或者WPS打开，只填写浅黄色的单元格。没有发生的事项填0，不得留空。",
        _NOT_CHANGED,
        "（三）校验后再报送。填写后打开“校验”页，“未填的单元格”和“不平的勾稽关系”均为0后方可报送。",
        "# 三、报送和公布",
        _HAND_IN,
        "（二）{% if legal_bases %}按照{{ legal_bases[0] }}的规定，{% endif %}县级以上人民政府部门应当在每年1月31日前"
        "提交年度报告并向社会公布，本级政府年度报告应当在每年3月31日前向社会公布。请各单位按时公布。"
        "{% if government_deadline %}本级政府年度报告将于{{ government_deadline }}前公布。{% endif %}",
        "（三）年度报告公布前应当依法进行保密审查，不得含有国家秘密，"
        "不得含有身份证号码、手机号码、银行账号等个人信息。",
    ),
    note="注：年度报告的标题使用单位全称（与公章一致）；单位名称有误的，请在填报前告知。",
)

LAW_ENFORCEMENT = replace(
    CHINESE,
    title="{{ issuer }}\n关于做好{{ year }}年度{{ title }}\n编制工作的通知",
    text=(
        f"{_BASIS}现就做好{{{{ year }}}}年度{{{{ title }}}}编制、报送和公开工作有关事项通知如下：",
        "# 一、编制范围和内容",
        "附件所列{{ number }}个单位均应编制统计年报，统计期限为{{ year }}年1月1日至12月31日。下属的行政执法主体由"
        "所属单位在同一张表中逐个填列。没有某类行政执法职责的，在填报表中选择“无此职责”，不用填写该表。数据应当真实、准确、完整。",
        "# 二、填报方法",
        "（一）使用统一的填报表。填报表（Excel工作簿）随本通知下发各单位，单位名称和年度已经填好，"
        "用Excel或者WPS打开，只填写浅黄色的单元格。没有发生的事项填0，不得留空；没有用到的行留空。",
        "（二）不得改动表样。行数不够的，可以在浅黄色的行之间插入行；不要删除行列，不要插入列或者工作表，"
        "不要把内容复制到其他文件，不要另设打开密码。",
        "（三）校验后再报送。填写后打开“校验”页，“未填的单元格”和“不平的勾稽关系”均为0后方可报送。",
        "# 三、报送和公开",
        _HAND_IN,
        "（二）行政执法数据应当在每年1月31日前公开，并报本级人民政府和上级主管部门。请各单位按时公开。",
        "（三）统计年报公开前应当依法进行保密审查，不得含有国家秘密，不得含有身份证号码、手机号码、银行账号等个人信息。",
    ),
    annex_named="附件：{{ year }}年度{{ title }}报送单位名单",
    annex_title="{{ year }}年度{{ title }}\n报送单位名单",
    note="注：统计年报的标题使用单位全称（与公章一致）；单位名称有误的，请在填报前告知。",
)

SCHOOL_YEAR = "{{ year }}—{{ year + 1 }}学年"
UNIVERSITIES = replace(
    CHINESE,
    title=f"{{{{ issuer }}}}\n关于做好{SCHOOL_YEAR}\n{{{{ title }}}}\n编制工作的通知",
    addressee="各有关高等学校：",
    text=(
        f"{_BASIS}现就做好{SCHOOL_YEAR}{{{{ title }}}}（以下简称年度报告）编制、报送和公布工作有关事项通知如下：",
        "# 一、编制范围和内容",
        "附件所列{{ number }}所学校均应编制年度报告，统计期限为{{ year }}年9月1日至{{ year + 1 }}年8月31日。"
        "年度报告包括概述、主动公开情况、依申请公开和不予公开情况、对信息公开的评议情况、因学校信息公开工作受到举报、复议、诉讼的情况、"
        "信息公开工作的主要经验、问题和改进措施、其他需要报告的事项、清单事项公开情况表，内容应当真实、准确、完整。",
        "# 二、填报方法",
        "（一）使用统一的填报表。填报表（Excel工作簿）随本通知下发各学校，学校名称和学年已经填好，"
        "用Excel或者WPS打开，只填写浅黄色的单元格。没有发生的事项，正文中也要写明。",
        "（二）逐项填写清单。《高等学校信息公开事项清单》所列事项已在“清单”页列出，逐项选择公开情况，已公开的填写网址；"
        "学校没有的事项选“不涉及”，不得删去。一个事项有几个网址的，插入行填写。",
        "（三）校验后再报送。填写后打开“校验”页，“未填的单元格”和“不平的勾稽关系”均为0后方可报送。不得改动表样，"
        "不要把内容复制到其他文件，不要另设打开密码。",
        "# 三、报送和公布",
        _HAND_IN.replace("各单位", "各学校"),
        "（二）年度报告应当在{{ year + 1 }}年10月31日前在学校网站信息公开专栏公布。"
        "公布前应当依法进行保密审查，不得含有国家秘密，不得含有身份证号码、手机号码、银行账号等个人信息。",
    ),
    annex_named=f"附件：{SCHOOL_YEAR}{{{{ title }}}}报送学校名单",
    annex_title=f"{SCHOOL_YEAR}\n{{{{ title }}}}\n报送学校名单",
    agency_headings=("学校代码", "学校名称"),
    number_headings=("主管部门", "报送学校数（所）"),
    group="{{ group.superior }}（{{ group.number }}所）",
    note="注：年度报告的标题使用学校全称（与公章一致）；学校名称有误的，请在填报前告知。",
)

ENGLISH = Words(
    subject="Template of the notice",
    remark="This is the template of the notice. Edit words and layout in Word and save it; what stands in double "
    "braces is filled in. Whom to ask stands in campaign.toml, else there is a line to write on. This paragraph is not "
    "printed.",
    title="{{ issuer }}\nNotice on {{ title }} {{ year }}",
    addressee="To all agencies concerned",
    text=(
        "{% if legal_basis %}As asked for by {{ legal_basis }}, the{% else %}The{% endif %} workbooks for "
        "{{ title }} {{ year }} are to be filled in as follows.",
        "# 1. Who has to report",
        "The {{ number }} agencies listed in the annex, each for itself.",
        "# 2. How to fill in the workbook",
        "The workbook comes with this notice. It bears the name of the agency and the year. Open it with Excel or WPS "
        "and fill in the input cells only; type 0 where there is nothing to report.",
        "Do not insert or delete rows, columns or sheets, do not copy its contents to another file, and do not set a "
        "password.",
        "# 3. Sending it back",
        "Send the workbook itself to the address below{% if deadline %} by {{ deadline }}{% endif %}. One with "
        "mistakes comes back with each of them marked, to be corrected and sent again.",
    ),
    contact=(
        ("Contact: ", "contact.name"),
        ("; telephone: ", "contact.telephone"),
        ("; e-mail: ", "contact.email"),
    ),
    end_of_contact="",
    annex_named="Annex: the agencies that report",
    annex="Annex",
    annex_title="{{ title }} {{ year }}\nThe agencies that report",
    agency_headings=("Code", "Name"),
    group="{{ group.superior }} ({{ group.number }})",
    number_headings=("Superior", "Agencies"),
    total="Total",
    note="If a name is wrong, please tell us before you begin.",
)
