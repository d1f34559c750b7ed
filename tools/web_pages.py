"""Every page that the server shows, and every address that is none: docs/pages.md and docs/pages.zh-CN.md are made of
this, pictures are taken by it, and a test holds it against the application's routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportfill.text import Text

WIDTHS = (1280, 390)
"""Of a desk and of a phone, in pixels."""

FOLDER = "screenshots"


class WebPage(NamedTuple):
    """A page: what its pictures are called, which route shows it, what it is called and what it is for."""

    name: str
    route: str
    title: Text
    purpose: Text

    def picture(self, width: int) -> str:
        """The file name of its picture at a width."""
        return f"{self.name}-{width}.png"


ALONE = (
    WebPage(
        "start",
        "/tools",
        Text("校验和生成", "Start"),
        Text(
            "上传填报表生成报告，下载空白填报表，或者在线填写。",
            "Completed workbooks are dropped here; a blank one is taken, or filled in on the page.",
        ),
    ),
    WebPage(
        "results",
        "/results/{token}",
        Text("全部结果", "Results"),
        Text("一次上传几个文件的，逐个列出结果。", "Several files at once, each with what became of it."),
    ),
    WebPage(
        "result-sound",
        "/results/{token}/{number}",
        Text("校验通过", "A sound workbook"),
        Text("下载各种格式的报告，查看版面。", "The report in every kind of output, and its pages."),
    ),
    WebPage(
        "result-pages",
        "/results/{token}/{number}/pages",
        Text("查看版面", "The pages of a report"),
        Text("报告逐页的版面。", "What the printed report looks like."),
    ),
    WebPage(
        "result-faulty",
        "/results/{token}/{number}",
        Text("需要修改", "A workbook with mistakes"),
        Text(
            "按工作表列出问题和处理办法，下载标出问题的填报表。",
            "What is wrong and what to do, sheet by sheet and cell by cell, and the marked workbook.",
        ),
    ),
    WebPage(
        "form",
        "/form/{pack_id}",
        Text("在线填写", "The form"),
        Text(
            "不用Excel，直接在网页上填写；合计和勾稽关系随时计算，草稿保存在本浏览器。",
            "The report filled in on the page: sums and balances follow what is typed, the browser keeps a draft.",
        ),
    ),
    WebPage(
        "error-404",
        "/results/{token}",
        Text("无法完成", "What is not there"),
        Text("地址有误，或者结果已经删除。", "No such address, or its results were removed."),
    ),
    WebPage(
        "error-413",
        "/too-large",
        Text("上传的内容太大", "What is too large"),
        Text("超过服务器所能接收的大小。", "More was sent than the server takes."),
    ),
)
AGENCY = (
    WebPage(
        "campaign-home",
        "/",
        Text("首页", "The first page of a campaign"),
        Text(
            "填报单位输入填报码，主管部门的人员登录。",
            "An agency types its code, the office signs in.",
        ),
    ),
    WebPage(
        "agency",
        "/agency",
        Text("本单位", "An agency's own page"),
        Text(
            "由填报链接打开：目前情况、下载和报送填报表、校验结果、报送记录和回执。",
            "Opened by its link: how it stands, its workbook to take and hand in, findings, versions and receipts.",
        ),
    ),
    WebPage(
        "receipt",
        "/agency/receipts/{number}",
        Text("报送回执", "A receipt"),
        Text("何时收到哪个文件，可以打印。", "Which file came when, to print and keep."),
    ),
    WebPage(
        "agency-form",
        "/agency/form",
        Text("本单位在线填写", "An agency's form"),
        Text(
            "从本单位最近一次报送的内容开始填写，直接报送。",
            "It begins with what was handed in last, and is handed in from the page.",
        ),
    ),
    WebPage(
        "last-year",
        "/agency/last-year",
        Text("上年度数据", "Last year's figures"),
        Text("本年度填报用到的上年度数据。", "The figures of last year that this year's report uses."),
    ),
    WebPage(
        "error-401",
        "/agency",
        Text("没有打开填报链接", "Without a link"),
        Text("本单位的页面只能由填报链接打开。", "An agency's page is opened by its link alone."),
    ),
    WebPage(
        "error-403",
        "/a/{code}",
        Text("填报链接无效", "A link that opens nothing"),
        Text("填报链接有误、已停用或者已到期。", "It is wrong, withdrawn or has expired."),
    ),
)
OFFICE = (
    WebPage(
        "sign-in",
        "/sign-in",
        Text("登录", "Sign in"),
        Text("主管部门的人员用账号登录。", "Whoever has an account signs in."),
    ),
    WebPage(
        "error-429",
        "/sign-in",
        Text("输错次数过多", "Wrong too often"),
        Text("写明多少秒以后再试。", "It is told how long to wait."),
    ),
    WebPage(
        "dashboard",
        "/office",
        Text("填报进度", "Progress"),
        Text(
            "谁已报送、谁有错误、谁未报送、谁已逾期；筛选、排序、导出，有变化时自动更新。",
            "Who has handed in, what is wrong, who is missing or late; filtered, sorted, exported; it renews itself.",
        ),
    ),
    WebPage(
        "accept",
        "/office/accept",
        Text("批量审核", "Accepting many"),
        Text(
            "先列出筛选出的单位中有多少个将审核通过。",
            "How many of the filtered agencies would be accepted, before they are.",
        ),
    ),
    WebPage(
        "accepted",
        "/office/accept",
        Text("批量审核的结果", "What was accepted"),
        Text("列出审核通过的单位。", "Which agencies' reports were accepted."),
    ),
    WebPage(
        "reminders",
        "/office/reminders",
        Text("催报", "Reminders"),
        Text("复制群通知，下载邮件草稿。", "Texts to copy into chats, and drafts of mails."),
    ),
    WebPage(
        "one-agency",
        "/office/agencies/{code:path}",
        Text("一个单位", "One agency"),
        Text(
            "查看报告和校验结果，审核通过或者退回，延期，更换填报链接。",
            "Its report and findings; it is accepted or sent back, given more time, or another link.",
        ),
    ),
    WebPage(
        "office-pages",
        "/office/agencies/{code:path}/versions/{number}/pages",
        Text("查看报告", "An agency's report"),
        Text("一个单位的报告逐页的版面。", "What its printed report looks like."),
    ),
    WebPage(
        "changes",
        "/office/agencies/{code:path}/changes",
        Text("两次报送的差异", "What changed"),
        Text("逐个单元格列出两次报送的不同之处。", "Two versions, and what differs between them."),
    ),
    WebPage(
        "operations",
        "/office/operations",
        Text("汇总与发布", "Roll-up and publication"),
        Text(
            "汇总、与上年对比、发布、接收、开通填报链接，下载生成的文件。",
            "Roll-up, comparison, publication, links at a click, and the files that came of them.",
        ),
    ),
    WebPage(
        "operation",
        "/office/operations/{number}",
        Text("办理情况", "An operation"),
        Text("一项工作的进度和结果。", "How far it has come, and what came of it."),
    ),
    WebPage(
        "log",
        "/office/log",
        Text("工作记录", "Log"),
        Text("何时、何人、办理了什么。", "Who did what, and when."),
    ),
    WebPage(
        "people",
        "/office/people",
        Text("账号", "Accounts"),
        Text(
            "修改自己的登录密码；管理员添加和变更账号、接口密钥。",
            "One's own password; coordinators keep accounts, roles and keys here.",
        ),
    ),
    WebPage(
        "access-log",
        "/office/audit",
        Text("访问记录", "Access log"),
        Text(
            "何时、从哪个地址登录、打开链接、下载和办理，由管理员查看。",
            "Who came in, took what away and did what, from which address, for coordinators.",
        ),
    ),
)
PARTS = (
    (Text("不组织填报时", "Without a campaign"), ALONE),
    (Text("填报单位", "For agencies"), AGENCY),
    (Text("主管部门", "For the office in charge"), OFFICE),
)
PAGES = {one.name: one for _, pages in PARTS for one in pages}
"""Every page by the name of its pictures."""

_FILE, _LEADS_ON, _STREAM = "a file", "leads to a page, or shows the one it came from", "a stream of events"
NO_PAGES = {
    "/language/{language}": _LEADS_ON,
    "/workbook": _FILE,
    "/reports": _LEADS_ON,
    "/results/{token}/{number}/marked.xlsx": _FILE,
    "/results/{token}/{number}/pages/{page_number}.jpg": _FILE,
    "/results/{token}/{number}/{name}": _FILE,
    "/sign-out": _LEADS_ON,
    "/code": _LEADS_ON,
    "/agency/hand-in": _LEADS_ON,
    "/agency/workbook": _FILE,
    "/agency/versions/{number}/{name}": _FILE,
    "/office/export.{kind}": _FILE,
    "/office/reminders.zip": _FILE,
    "/office/events": _STREAM,
    "/office/audit.csv": _FILE,
    "/office/operations/begin/{kind}": _LEADS_ON,
    "/office/operations/file": _FILE,
    "/office/operations/file/remove": _LEADS_ON,
    "/office/operations/{number}/stop": _LEADS_ON,
    "/office/operations/{number}/events": _STREAM,
    "/office/agencies/{code:path}/workbook": _FILE,
    "/office/agencies/{code:path}/pages/{token}/{page_number}.jpg": _FILE,
    "/office/agencies/{code:path}/versions/{number}/{name}": _FILE,
    "/office/agencies/{code:path}/review": _LEADS_ON,
    "/office/agencies/{code:path}/extension": _LEADS_ON,
    "/office/agencies/{code:path}/link": _LEADS_ON,
    "/office/people/password": _LEADS_ON,
    "/office/people/accounts": _LEADS_ON,
    "/office/people/accounts/change": _LEADS_ON,
    "/office/people/keys": _LEADS_ON,
    "/office/people/keys/withdraw": _LEADS_ON,
    "/static": _FILE,
}
"""The routes that show no page of their own, and what they answer."""

_TITLE = Text("网页一览", "All pages")
_ABOUT = Text(
    "`reportfill serve` 的全部网页，左图是1280像素宽的屏幕，右图是手机。运行办法见[安装和运行](serve.zh-CN.md)。",
    "All that `reportfill serve` shows, 1280 pixels wide and on a phone; how it is run: [serve.md](serve.md).",
)
_OTHER = {"zh": "[English](pages.md)", "en": "[中文](pages.zh-CN.md)"}


def pages_page(language: str) -> str:
    """docs/pages.md or docs/pages.zh-CN.md: every page with a line and its pictures."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: str) -> Iterator[str]:
    yield f"# {_TITLE.in_language(language)}"
    yield from ("", _OTHER[language], "", _ABOUT.in_language(language))
    for part, pages in PARTS:
        yield from ("", f"## {part.in_language(language)}")
        for one in pages:
            title = one.title.in_language(language)
            yield from ("", f"### {title}", "", one.purpose.in_language(language), "")
            yield " ".join(f"![{title}]({FOLDER}/{one.picture(width)})" for width in WIDTHS)
