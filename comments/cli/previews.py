"""Previews of texts that are not published: keep one that was built, list them, end them."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from comments.actions import previews
from comments.actions.opening import Installation
from comments.actions.previews import Preview
from comments.cli.frame import ALWAYS_JSON, AS_JSON, opened, say_either, say_json


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@ALWAYS_JSON
def keep_preview(folder: Path) -> None:
    """Let the preview that was built in FOLDER be seen, and say where. `tasks.py preview` builds it."""
    with opened() as here:
        say_json(_record(here, previews.keep_preview(here.runtime.var, folder, here.ctx.now())))


@click.command(name="previews")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_previews(as_json: bool) -> None:
    """List the previews that can be seen, with their addresses."""
    with opened() as here:
        found = previews.list_previews(here.runtime.var, here.ctx.now())
        for each in found:
            record = _record(here, each)
            if as_json:
                say_json(record)
            else:
                click.echo("{title} ({file})\n  {address}\n  until {words}".format(**record))
        if not found and not as_json:
            click.echo("There is no preview.")


@click.command()
@click.argument("text")
@AS_JSON
def end_preview(text: str, as_json: bool) -> None:
    """End the preview of TEXT, an id or a file, or `all` of them."""
    with opened() as here:
        ended = previews.end_previews(here.runtime.var, text)
        for each in ended:
            say_either(f"Nobody sees the preview of “{each.title}” any more.", {"id": each.id}, as_json)
        if not ended and not as_json:
            click.echo("There is no preview.")


def _record(here: Installation, preview: Preview) -> dict[str, str]:
    zone = here.ctx.manifest().site.zone
    return {
        "address": here.site_url + preview.path,
        "file": preview.file,
        "id": preview.id,
        "title": preview.title,
        "until": preview.until.isoformat(),
        "words": f"{preview.until.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})",
    }
