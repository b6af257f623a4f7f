import pytest

from comments.actions import passwords
from comments.errors import Invalid


@pytest.mark.parametrize(
    "password",
    [
        "three quiet herons wade",
        "Kd8#fq2!zLw0",
        "ζεστό ψωμί το πρωί",
        " spaces count too ",
        "x7" * 3 + "marta quilt",
        "long " * 13 + "and longer",
    ],
)
def test_any_uncommon_password_of_twelve_characters_is_taken(password: str) -> None:
    passwords.check(password, "Marta", "Practice Notes")


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "elevenchars",
        "",
        "x" * 1001,
        "aaaaaaaaaaaa",
        "121212121212",
        "password1234",
        "Password2026!",
        "PASSWORD-2026-",
        "letmeinletmein",
        "qwertyuiop12",
        "correct horse battery staple",
        "marta1234567",
        "practicenotes1",
        "Practice Notes 26",
        "iloveyou2026",
        "1q2w3e4r5t6y",
    ],
)
def test_short_endless_and_well_known_ones_are_not(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        passwords.check(password, "Marta", "Practice Notes")

    assert list(refused.value.fields) == ["password"]


def test_a_password_fits_only_its_own_hash() -> None:
    stored = passwords.hash_of("three quiet herons wade")

    assert passwords.fits(stored, "three quiet herons wade")
    assert not passwords.fits(stored, "three quiet herons waded")
    assert not passwords.fits(None, "a password that nobody has")
    assert not passwords.fits("damaged", "three quiet herons wade")
    assert not passwords.is_outdated(stored)


def test_one_letter_typed_in_two_ways_is_one_letter() -> None:
    assert passwords.fits(passwords.hash_of("caf\u00e9 caf\u00e9 caf\u00e9"), "cafe\u0301 cafe\u0301 cafe\u0301")


def test_half_a_character_does_not_break_the_sign_in() -> None:
    assert not passwords.fits(None, "\ud800")
