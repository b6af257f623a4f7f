"""Names that readers could take for somebody of the desk (lessons.md B14)."""

import time

import pytest

from comments.checks.names import passes_for

RESERVED = ("Mara Example", "Jonas Björn-Müller", "Practice Notes", "Bo")


@pytest.mark.parametrize(
    "name",
    [
        "Mara Example", "mara example", "MARA  EXAMPLE", "MaraExample", "Mara.Example", "Mára Éxample",
        "M a r a Example",
        "Маrа Ехаmрlе", "Mαra Example", "Mara Exarnple", "Mara Examp1e", "Mara ExampIe", "M@ra Example",
        "Ｍａｒａ Example",
        "Mara\u200bExample", "Mara\u00adExample", "Mara\u0336 Example", "𝐌𝐚𝐫𝐚 𝐄𝐱𝐚𝐦𝐩𝐥𝐞",
        "Example, Mara", "Dr. Mara Example", "Mara Example (moderator)", "Mara Example!",
        "Jonas Bjorn Muller", "practicenotes", "Practice-Notes", "The Practice Notes Team", "BO", "8o", "В0",
        "Admin", "Adm1n", "MODERATOR", "Мoderator", "Moderateur", "staff", "Rédaction",
    ],
)  # fmt: skip
def test_a_name_that_reads_like_one_of_the_desks_is_found(name: str) -> None:
    assert passes_for(name, RESERVED)


@pytest.mark.parametrize(
    "name",
    ["", "!", "Mara", "Mara Examples", "Maria Example", "Tamara Exampleton", "Bob", "Bo Derek", "Notes", "Анна", "李雷",
     "Ed Moderator", "Practical Notes", "Jonas Müller"],
)  # fmt: skip
def test_other_names_are_left_alone(name: str) -> None:
    assert not passes_for(name, RESERVED)


def test_a_hostile_name_takes_no_time() -> None:
    start = time.perf_counter()

    assert not passes_for("a" + "\u0301\u0323" * 64_000 + "rn" * 20_000, RESERVED)

    assert time.perf_counter() - start < 1
