"""The lean trial says what a whole load says."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from publication.load import load
from publication.settings import from_file
from publication.trial import try_out

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_trial_finds_the_same_problems_and_addresses_as_a_load(tmp_path: Path) -> None:
    content, settings = tmp_path / "content", from_file(ROOT / "pelicanconf.py")
    shutil.copytree(ROOT / "content", content)
    for number, text in enumerate(sorted((content / "articles").rglob("*.md"))):
        if number % 3 == 0:
            words = "\n\n[gone](id:nowhere) ![x](media/none.png) #\n\n##### Deep\n\n[^1]\n"
            text.write_text(text.read_text(encoding="utf-8") + words, encoding="utf-8")
    whole, trial = load(content, settings, NOW), try_out(content, settings, NOW)
    assert whole.problems
    assert trial.problems == whole.problems
    assert (trial.ground.addresses, trial.behind) == (whole.addresses, whole.behind)
