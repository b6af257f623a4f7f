"""The settings are those of pelicanconf.py, read as plain data."""

from pathlib import Path

import pytest

from publication.__main__ import main
from publication.moments import Duration
from publication.settings import BadSettings, from_conf, from_file


def test_pelicans_names_are_ours() -> None:
    settings = from_conf(
        {
            "SITENAME": "Notes",
            "SITEURL": "https://notes.example.org/",
            "TIMEZONE": "America/Toronto",
            "DEFAULT_LANG": "fr",
            "NOTICES": {"views": {"title": "Views", "text": "Mine."}},
            "DEFAULT_NOTICES": ["views"],
            "CLOSE_COMMENTS_AFTER": "90 days",
        }
    )

    assert (settings.name, settings.url, settings.language) == ("Notes", "https://notes.example.org", "fr")
    assert settings.notices["views"].text == "Mine."
    assert settings.close_comments_after == Duration(days=90)


@pytest.mark.parametrize(
    ("conf", "words"),
    [
        ({"TIMEZONE": "Mars/Olympus"}, "TIMEZONE 'Mars/Olympus' is not a time zone"),
        ({"TIMEZONE": "../../etc/passwd"}, "is not a time zone"),
        ({"DEFAULT_LANG": "de"}, "DEFAULT_LANG 'de' is unknown"),
        ({"DEFAULT_NOTICES": ["x"]}, "DEFAULT_NOTICES names 'x'"),
        ({"CLOSE_COMMENTS_AFTER": "soon"}, "CLOSE_COMMENTS_AFTER: “soon” is not a length of time"),
    ],
)
def test_a_setting_that_cannot_be_used_says_what_to_write(conf: dict[str, object], words: str) -> None:
    with pytest.raises(BadSettings) as caught:
        from_conf(conf)

    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["import nothing_of_this_name", "1 +", "raise SystemError", None])
def test_a_configuration_that_cannot_be_run_is_a_sentence(
    tmp_path: Path, text: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    conf = tmp_path / "pelicanconf.py"
    if text:
        conf.write_text(text)

    assert main(["check", "--conf", str(conf)]) == 1
    assert "pelicanconf.py" in capsys.readouterr().err


def test_a_moment_that_is_none_is_a_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--conf", str(root / "pelicanconf.py"), "--as-of", "noon"]) == 1
    assert "--as-of: “noon” is not a date and time" in capsys.readouterr().err


def test_the_sites_own_configuration_can_be_read(root: Path) -> None:
    settings = from_file(root / "pelicanconf.py")

    assert set(settings.default_notices) <= set(settings.notices)
