"""Assets carry the fingerprint of what is in them, through every file that names another."""

import re
from pathlib import Path

import pytest

from plugins.assets import Assets, MissingAsset
from plugins.writer import SiteWriter
from tests.build.newsroom import snapshot


@pytest.fixture
def static(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    files = {
        "css/site.css": '@layer a, b;\n@import url("a.css") layer(a);\n@import "deep/b.css";\n',
        "css/a.css": "@font-face { src: url(../fonts/f.woff2) }\n",
        "css/deep/b.css": "b { background: url('../../b.svg') url(data:image/png;base64,AA) url(#c) }\n",
        "fonts/f.woff2": "font",
        "b.svg": "<svg/>",
        "js/one.js": 'import { two } from "./two.js";\nimport("../js/two.js");\nconst from = "./x";\n',
        "js/two.js": "export const two = 2;\n",
        "favicon.ico": "icon",
        ".hidden": "no",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_a_style_sheet_is_one_file_whose_addresses_carry_fingerprints(static: Path, tmp_path: Path) -> None:
    assets = Assets(static)
    writer = SiteWriter(str(tmp_path / "output"))

    assets.write(writer)

    files = snapshot(tmp_path / "output")
    (sheet,) = [name for name in files if name.endswith(".css")]
    style = files[sheet].decode()
    assert f"/{sheet}" == assets.url("css/site.css")
    assert "@import" not in style
    assert "@layer a {\n@font-face" in style
    named = re.findall(r'url\("/([^"]+)"\)', style)
    assert len(named) == 2
    assert set(named) <= files.keys()
    assert "url(data:image/png;base64,AA) url(#c)" in style


def test_a_style_sheet_loses_its_comments_and_keeps_its_meaning(static: Path, tmp_path: Path) -> None:
    rules = (
        '/* why */\n.pills :is(a, button) {\n  content: "/* kept */"; /* gone\n  too */\n  width: calc(1px + 2px);\n}\n'
    )
    (static / "css" / "site.css").write_text(rules)
    assets, writer = Assets(static), SiteWriter(str(tmp_path / "output"))

    assets.write(writer)

    style = (tmp_path / "output" / assets.url("css/site.css")[1:]).read_text()
    assert style == '.pills :is(a, button) {\ncontent: "/* kept */";\nwidth: calc(1px + 2px);\n}'


def test_modules_import_each_other_by_fingerprint(static: Path, tmp_path: Path) -> None:
    assets = Assets(static)
    writer = SiteWriter(str(tmp_path / "output"))

    assets.write(writer)

    source = (tmp_path / "output" / assets.url("js/one.js")[1:]).read_text()
    assert source.count(f'"{assets.url("js/two.js")}"') == 2
    assert 'const from="./x";' in source


def test_a_change_in_a_part_changes_the_name_of_the_whole(static: Path) -> None:
    before = Assets(static)
    names = ("css/site.css", "js/one.js")
    old = [before.url(name) for name in names]

    (static / "fonts/f.woff2").write_text("another font")
    (static / "js/two.js").write_text("export const two = 3;\n")

    after = Assets(static)
    assert not set(old) & {after.url(name) for name in names}


def test_hidden_files_stay_and_the_icon_is_where_browsers_look(static: Path, tmp_path: Path) -> None:
    Assets(static).write(SiteWriter(str(tmp_path / "output")))

    files = snapshot(tmp_path / "output")
    assert files["favicon.ico"] == b"icon"
    assert not [name for name in files if "hidden" in name]


def test_a_missing_file_is_named(static: Path) -> None:
    with pytest.raises(MissingAsset, match=r"js/three\.js"):
        Assets(static).url("js/three.js")
