"""A draft is read back by a program that is not ours, and nothing in a name can become a header."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill import Pack, new_workbook
from reportfill.campaign.inbox.mail_message import Mail
from reportfill.campaign.sending.mail_draft import mail_draft, valid_addresses

NAME = "清河县档案馆2023年政府信息公开工作年度报告（填报表）.xlsx"
SUBJECT = "请于1月31日前报送2023年政府信息公开工作年度报告填报表（清河县档案馆）"
TEXT = "清河县档案馆：\n\n　　现将填报表发给你单位。\n"


def read(mail: bytes) -> EmailMessage:
    """The mail, as Python's own library reads it."""
    message = message_from_bytes(mail, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_workbook_comes_out_of_the_draft_byte_for_byte_under_its_own_name(pack: Pack) -> None:
    workbook = new_workbook(pack, year=2023, agency="清河县档案馆", code="02")
    message = read(mail_draft("dag@qinghe.gov.cn", SUBJECT, TEXT, {NAME: workbook}))
    (attached,) = message.iter_attachments()
    assert attached.get_content() == workbook
    assert attached.get_filename() == NAME
    assert attached.get_content_subtype() == "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert message["Subject"] == SUBJECT
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == TEXT


def test_a_name_that_means_something_in_a_header_comes_out_as_it_is() -> None:
    odd = "100%#局'&乙 +年报%20a;=@!.xlsx"
    mail = mail_draft("", SUBJECT, TEXT, {odd: b"x"})
    (attached,) = read(mail).iter_attachments()
    assert attached.get_filename() == odd
    assert attached["Content-Type"].params["name"] == odd
    assert list(Mail(BytesIO(mail)).names) == [odd]


def test_the_name_is_also_there_as_older_programs_look_for_it() -> None:
    mail = mail_draft("", SUBJECT, TEXT, {NAME: b"x"})
    part = next(iter(read(mail).iter_attachments()))
    assert part["Content-Type"].params["name"] == NAME
    assert b"filename*=UTF-8''%E6%B8%85" in mail


def test_what_a_draft_holds_is_taken_in_again_when_it_comes_back(pack: Pack) -> None:
    workbook = new_workbook(pack, year=2023, agency="清河县档案馆", code="02")
    mail = mail_draft("dag@qinghe.gov.cn", SUBJECT, TEXT, {NAME: workbook})
    opened = Mail(BytesIO(mail))
    assert list(opened.names) == [NAME]
    assert opened.content(NAME, len(workbook)) == workbook


def test_it_is_a_draft_that_anybody_may_send() -> None:
    message = read(mail_draft("", SUBJECT, TEXT, {}))
    assert message["X-Unsent"] == "1"
    assert message["To"] == ""
    assert message["From"] is None
    assert message["Date"] is None
    assert message.defects == []


def test_several_addresses_are_several_recipients() -> None:
    message = read(mail_draft("a@qinghe.gov.cn；b@qinghe.gov.cn c@qinghe.gov.cn", SUBJECT, TEXT, {}))
    assert [address.addr_spec for address in message["To"].addresses] == [
        "a@qinghe.gov.cn",
        "b@qinghe.gov.cn",
        "c@qinghe.gov.cn",
    ]


@pytest.mark.parametrize(
    "given_text", ["", "无", "qinghe.gov.cn", "局长@qinghe.gov.cn", "a@x＞.cn", "a@b..cn"]
)
def test_what_is_no_address_is_left_out(given_text: str) -> None:
    assert valid_addresses(f"{given_text}；a@qinghe.gov.cn") == ["a@qinghe.gov.cn"]


def test_a_chinese_domain_is_written_as_mail_servers_know_it() -> None:
    assert valid_addresses("dag@清河.政务") == ["dag@xn--ovw11a.xn--zfr164b"]


def test_line_breaks_in_names_and_subjects_make_no_header() -> None:
    evil = "a\r\nBcc: x@evil.example\r\n\r\nb\u2028c"
    message = read(mail_draft(evil, evil, TEXT, {f'"{evil}".xlsx': b"x"}))
    assert message["Bcc"] is None
    assert message["Subject"] == "a Bcc: x@evil.example b c"
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == '"a Bcc: x@evil.example b c".xlsx'
    assert attached["Bcc"] is None


@given(st.text(), st.text(), st.text(), st.binary())
def test_every_line_ends_as_mail_has_it_and_is_short_enough(
    subject: str, text: str, name: str, content: bytes
) -> None:
    mail = mail_draft("a@qinghe.gov.cn", subject, text, {name[:60]: content})
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", mail)
    assert max(map(len, mail.split(b"\r\n"))) <= 998
    assert mail.isascii()
    (attached,) = read(mail).iter_attachments()
    assert attached.get_payload(decode=True) == content


def test_the_same_draft_is_the_same_bytes() -> None:
    assert mail_draft("", SUBJECT, TEXT, {NAME: b"x"}) == mail_draft("", SUBJECT, TEXT, {NAME: b"x"})
