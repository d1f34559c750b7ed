"""Codes cannot be guessed, and are read however they are typed."""

from __future__ import annotations

from hashlib import sha256
from math import log2
from string import ascii_uppercase, digits

from hypothesis import given
from hypothesis import strategies as st

from reportfill.campaign.access.codes import ALPHABET, LENGTH, code_digest, link_address, new_code

LOOK_ALIKE = {"B": "8", "G": "6", "S": "5", "U": "V", "Z": "2"}


def test_a_code_is_drawn_from_more_than_128_bits() -> None:
    assert LENGTH * log2(len(set(ALPHABET))) > 128
    assert len({new_code() for _ in range(1000)}) == 1000


def test_nothing_in_a_code_is_taken_for_another() -> None:
    assert not set("0O1IL") & set(ALPHABET)
    for mistaken, meant in LOOK_ALIKE.items():
        assert mistaken not in ALPHABET
        assert meant in ALPHABET


def test_what_is_kept_is_the_digest_of_the_letters_alone() -> None:
    code = new_code()
    assert code_digest(code) == sha256(code.replace("-", "").encode()).hexdigest()


@given(
    st.randoms(use_true_random=False), st.lists(st.sampled_from([" ", "-", "－", "—", ".", "\t", "　", "，"]))
)
def test_a_code_is_read_with_whatever_stands_between_and_however_its_letters_look(
    random: object, separators: list[str]
) -> None:
    assert hasattr(random, "choice")
    code = new_code()
    looks = {meant: mistaken for mistaken, meant in LOOK_ALIKE.items()}
    typed = ""
    for letter in code:
        shapes = [letter, letter.lower(), looks.get(letter, letter), _wide(letter)]
        typed += random.choice(shapes) + random.choice(["", *separators])
        typed = typed.replace("-" * 3, "-")
    assert len(typed) <= 200
    assert code_digest(typed) == code_digest(code)


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if letter in ascii_uppercase + digits else letter


@given(st.text())
def test_what_can_be_no_code_has_no_digest(typed: str) -> None:
    assert code_digest(typed) == ""
    assert code_digest(new_code() + "2") == ""


def test_a_link_leads_to_the_page_of_its_code() -> None:
    assert link_address("https://tb.example.cn/", "ABC") == "https://tb.example.cn/a/ABC"
