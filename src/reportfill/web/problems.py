"""What went wrong with a request: a page for people, a problem document (RFC 9457) for programs."""

from __future__ import annotations

import errno
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from reportfill.campaign.records.campaign_folder import ClosedError
from reportfill.errors import (
    CampaignError,
    NoRoomError,
    OutputError,
    PackError,
    ReportfillError,
    SubmissionError,
    UsageError,
)
from reportfill.finding import Finding
from reportfill.limits import Lost
from reportfill.text import Text
from reportfill.web.json_answers import json_answer
from reportfill.web.page import is_of_program, language_of, page

Result = TypeVar("Result")

PROBLEM = "application/problem+json"

_SAID = {
    400: Text("请求有误，无法处理。", "The request cannot be understood."),
    401: Text("请先登录。", "Please sign in first."),
    403: Text(
        "没有权限，或者页面打开太久：请返回上一页刷新后再试。",
        "Not allowed, or the page is out of date: reload it.",
    ),
    404: Text(
        "没有这个地址；生成的结果最多保留1小时。",
        "There is no such address; results are kept for an hour at most.",
    ),
    405: Text("这个地址不能这样使用。", "This address cannot be used so."),
    406: Text("没有所要的格式。", "There is no such format."),
    408: Text(
        "内容传送太慢，已经中断，没有保存：网络通畅后请再试一次。",
        "It came too slowly, nothing was kept: please try again.",
    ),
    409: Text("现在不能这样做。", "This cannot be done now."),
    413: Text("上传的内容太大。", "What was sent is too large."),
    415: Text("内容的格式不对。", "The content is of another type."),
    422: Text("填写的内容有误。", "What was filled in is not right."),
    429: Text("操作太频繁，请稍后再试。", "Too many requests: please wait a little."),
    500: Text(
        "程序出了故障，请稍后再试；仍然如此的，请告知管理人员。",
        "Something went wrong here: try again, or tell whoever runs this server.",
    ),
    503: Text("正忙，请稍后再试。", "Busy: please try again soon."),
    507: Text(
        "服务器的磁盘已满，没有保存：请告知管理人员后再试。",
        "The server's disk is full, nothing was kept: tell whoever runs it.",
    ),
}
_AWAY = Text(
    "系统暂时无法使用，没有保存：请稍后再试；仍然如此的，请告知主管部门。",
    "This cannot be used for the moment, nothing was kept: try again soon, or tell the office in charge.",
)
_OTHERWISE = 400
_LOG = logging.getLogger("reportfill.web")
_NO_ROOM_STATUS = 507
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: the status of HTTP, what is said of it, which headers go with it, and the findings behind it."""

    status: int
    detail: Text
    findings: Sequence[Finding] = ()
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The standard words for the status."""
        try:
            return HTTPStatus(self.status).phrase
        except ValueError:
            return HTTPStatus(_OTHERWISE).phrase

    def as_dict(self, language: str) -> dict[str, object]:
        """The problem document."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail.in_language(language),
            "findings": [found.as_dict(language) for found in self.findings],
        }


class ProblemError(Exception):
    """A request that is answered by a problem."""

    def __init__(
        self,
        status: int,
        detail: Text | None = None,
        findings: Sequence[Finding] = (),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(status)
        self.problem = Problem(status, detail or said_of(status), findings, headers)


def not_lost(result: Result | Lost) -> Result:
    """What another process made. Raises ProblemError where it took too long, or ended."""
    if isinstance(result, Lost):
        raise ProblemError(422, result.why.message, [result.why])
    return result


def said_of(status: int) -> Text:
    """What is said where nothing more is known than the status."""
    return _SAID.get(status) or _SAID[_OTHERWISE if status < 500 else 500]


def problem_of(error: ReportfillError) -> Problem:
    """The problem behind an error of ours: what was asked for cannot be, or cannot be now."""
    return Problem(_status_of(error), told_of(error))


def problem_for(request: Request, error: ReportfillError) -> Problem:
    """The same as the one who asked may hear it: what is wrong with the campaign's folder is the office's own matter,
    and stands in the log where an agency or nobody in particular meets it."""
    problem = problem_of(error)
    is_of_office = is_of_program(request) or hasattr(request.state, "user")
    is_of_folder = isinstance(error, CampaignError | OutputError) and not isinstance(error, ClosedError)
    if is_of_office or not is_of_folder or not request.app.state.setup.campaign:
        return problem
    _LOG.error("a visitor could not be served: %s", error)
    if problem.status == _NO_ROOM_STATUS:
        return Problem(problem.status, said_of(problem.status))
    return Problem(503, _AWAY, headers=(("Retry-After", "60"),))


def told_of(error: ReportfillError) -> Text:
    """An error of ours in words for whoever has only a page: where the command line can do something about it, that is
    for whoever runs the server."""
    chinese, english = error.told
    if not error.has_command:
        return Text(chinese, english)
    return Text(f"{chinese}：请告知管理人员。", f"{english}: tell whoever runs this server.")


def _status_of(error: ReportfillError) -> int:
    if isinstance(error, NoRoomError) or tells_of_a_full_disk(error.__cause__):
        return _NO_ROOM_STATUS
    return 422 if isinstance(error, UsageError | PackError | SubmissionError) else 409


def tells_of_a_full_disk(error: BaseException | None) -> bool:
    """Whether something could not be written because there was no room for it."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


def told_problem(request: Request, problem: Problem) -> Response:
    """The problem as the one who asked can read it."""
    headers = dict(problem.headers)
    if is_of_program(request):
        return json_answer(problem.as_dict(language_of(request)), problem.status, headers, PROBLEM)
    response = page(request, "problem.html.jinja", problem.status, problem=problem)
    response.headers.update(headers)
    return response
