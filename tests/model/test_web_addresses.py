"""Addresses of web pages: what a browser opens, and nothing beside it."""

from __future__ import annotations

import pytest

from reportfill.model.web_addresses import fault_in_address, is_web_address


@pytest.mark.parametrize(
    "address",
    [
        "http://xxgk.example.edu.cn",
        "https://xxgk.example.edu.cn/info/1017/1181.htm?id=3&page=2#top",
        "HTTPS://WWW.EXAMPLE.COM:8443/",
        "http://10.1.2.3/list.jsp?urltype=tree.TreeTempUrl",
        "https://www.example.cn/招生章程（2023）.pdf".replace("（", "(").replace("）", ")"),
        "https://信息公开.中国/",
        "http://info_center.example.edu.cn/a,b;c=d/[1]/~x",
    ],
)
def test_an_address_is_taken(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("www.example.edu.cn", "网址应当以http://或者https://开头"),
        ("学校信息公开网", "网址应当以http://或者https://开头"),
        ("网址：https://www.example.cn", "网址应当以http://或者https://开头"),
        ("ftp://www.example.cn/", "网址应当以http://或者https://开头"),
        ("mailto:xxgk@example.edu.cn", "网址应当以http://或者https://开头"),
        ("https://a.example.cn https://b.example.cn", "一个单元格只填一个网址"),
        ("https://a.example.cn；https://b.example.cn", "一个单元格只填一个网址"),
        ("https://www.example.cn/ 招生", "网址中不能有空格"),
        ("https://", "网址不完整，或者含有网址中不能有的符号"),
        ("https://localhost/", "网址不完整，或者含有网址中不能有的符号"),
        ("https://www.example.cn。", "网址不完整，或者含有网址中不能有的符号"),
        ("https://www.example.cn/（招生）", "网址不完整，或者含有网址中不能有的符号"),
        ('https://www.example.cn/" \\o "', "网址中不能有空格"),
    ],
)
def test_anything_else_is_none_and_it_is_said_why(text: str, why: str) -> None:
    assert not is_web_address(text)
    assert fault_in_address(text).zh == why
