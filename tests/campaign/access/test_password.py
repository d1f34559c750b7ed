"""A password that is easily guessed is refused, any other is taken, and only Argon2 of it is kept."""

from __future__ import annotations

import unicodedata

import pytest
from campaign.office import ISSUER

from reportfill.campaign.access.kept_password import is_kept_password
from reportfill.campaign.access.password import is_password, kept_password, require_good_password
from reportfill.errors import UsageError


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "has 0 characters"),
        ("ninechars", "has 9 characters"),
        ("长" * 201, "has 201 characters"),
        ("1234567890", "commonest"),
        ("１２３４５６７８９０", "commonest"),
        ("Password123", "commonest"),
        ("aaaaaaaaaaaaaaaa", "commonest"),
        ("Wang Fang Li", "is the name"),
        ("wangfangli2026!", "is the name"),
        (ISSUER, "is the name"),
        (f"{ISSUER}2026", "is the name"),
        ("0123\udcc456789", "not UTF-8"),
    ],
)
def test_what_is_easily_guessed_is_refused_and_it_is_said_what_is_right(password: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as refused:
        require_good_password(password, "Wang Fang Li", ISSUER)
    assert "must have 10 to 200 characters" in refused.value.english
    assert "10至200个字符" in refused.value.chinese


@pytest.mark.parametrize(
    "password", ["雨伞 火车 土豆 月亮 邮票", "q9!x\tK\0?;'\"", "长" * 199 + "短", "3141592653"]
)
def test_any_other_is_taken_whatever_is_in_it(password: str) -> None:
    require_good_password(password, "王芳", ISSUER)
    kept = kept_password(password)
    assert is_kept_password(kept)
    assert password not in kept
    assert kept != kept_password(password)
    assert is_password(password, kept)
    assert not is_password(f"{password} ", kept)


def test_how_a_keyboard_composes_characters_does_not_matter() -> None:
    password = "crème brûlée"
    assert is_password(unicodedata.normalize("NFD", password), kept_password(password))


@pytest.mark.parametrize("password", ["", "anything at all", "x" * 100_000, "\udcc4" * 12])
def test_nothing_is_the_password_of_nobody(password: str) -> None:
    assert not is_password(password, "")
    assert not is_password(password, kept_password("雨伞 火车 土豆"))
