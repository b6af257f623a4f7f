"""What a text could not keep, in sentences that are the same for every text: the report counts them."""

from collections.abc import Iterable, Iterator
from typing import Final

from migrate.text.findings import Finding

PICTURES: Final = "pictures it showed are missing"
# Kind of a finding → what it means for the text. Kinds that are not here change nothing that readers had.
_TOLD = {
    "missing-file": PICTURES,
    "tracker": "invisible pictures in it, which counted readers, were left out",
    "link": "links it had became words",
    "caption": "links in its captions became words",
    "frame": "players and frames in it became links",
    "no-frame": "players and frames in it were left out",
    "form": "forms in it were left out",
    "script": "scripts in it were left out",
    "drawing": "drawings in it were left out",
    "made": "blocks that WordPress filled by itself were left out",
    "block": "blocks that are not known here lost their form",
    "shortcode": "shortcodes in it could not be resolved",
    "layout": "its layout was left behind",
    "formula": "formulas in it are shown as they were typed",
}


def changes(findings: Iterable[Finding]) -> Iterator[str]:
    """A sentence for each kind of loss among ``findings``."""
    met = {one.kind for one in findings}
    return (told for kind, told in _TOLD.items() if kind in met)
