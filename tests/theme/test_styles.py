"""Colours live in tokens.css alone, and what is to be read can be read."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "theme" / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text()
OTHERS = sorted(file for file in CSS.glob("*.css") if file.name != "tokens.css")

COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|"
    r"(?<![\w-])(?:white|black|red|green|blue|gr[ae]y|silver|navy|maroon|yellow|orange|purple|pink|brown)(?![\w-])",
    re.IGNORECASE,
)
TEXT = 4.5
CONTROL = 3.0
# Foreground, background, contrast required (WCAG 2.2, 1.4.3 and 1.4.11).
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "wash", 7.0),
    ("ink", "field", 7.0),
    ("ink", "error-wash", 7.0),
    ("ink", "mark", TEXT),
    ("ink-soft", "paper", TEXT),
    ("ink-soft", "wash", TEXT),
    ("link", "paper", TEXT),
    ("link", "wash", TEXT),
    ("link", "mark", TEXT),
    ("link-strong", "paper", TEXT),
    ("on-link", "link", TEXT),
    ("on-link", "link-strong", TEXT),
    ("rubric", "paper", TEXT),
    ("error", "paper", TEXT),
    ("error", "error-wash", TEXT),
    ("edge", "paper", CONTROL),
    ("edge", "field", CONTROL),
]


def palette(scheme: str) -> dict[str, str]:
    """The colours of a scheme; the dark one redefines those of the light one."""
    light, _, rest = TOKENS.partition("@media (prefers-color-scheme: dark)")
    dark = rest.partition("@media")[0]
    parts = [light] if scheme == "light" else [light, dark]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", "".join(parts)))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file.name)
def test_only_the_tokens_name_colours(file: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)

    assert COLOUR.findall(rules) == []


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file.name)
def test_every_token_that_is_used_is_defined(file: Path) -> None:
    rules = file.read_text()
    local = set(re.findall(r"(--[\w-]+): ", rules))

    assert set(re.findall(r"var\((--[\w-]+)", rules)) - local <= set(re.findall(r"(--[\w-]+): ", TOKENS))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_contrast(scheme: str, front: str, back: str, least: float) -> None:
    colours = palette(scheme)

    assert contrast(colours[front], colours[back]) >= least


def test_dark_mode_leaves_no_colour_out() -> None:
    dark = TOKENS.partition("@media (prefers-color-scheme: dark)")[2].partition("@media")[0]

    assert set(re.findall(r"--([\w-]+): #", dark)) == set(palette("light"))


def test_the_entry_puts_every_file_into_a_layer() -> None:
    entry = (CSS / "site.css").read_text()
    imports = re.findall(r'@import url\("([\w-]+\.css)"\) layer\((\w+)\);', entry)
    layers = re.search(r"@layer ([\w, ]+);", entry)

    assert {name for name, _ in imports} == {file.name for file in CSS.glob("*.css")} - {"site.css"}
    assert layers
    assert {layer for _, layer in imports} == set(layers.group(1).split(", "))
