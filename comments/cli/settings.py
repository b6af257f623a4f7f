"""The settings of this installation: what each is, and where that is said."""

import os
from pathlib import Path

import click

from comments.cli.frame import AS_JSON, Failure, say, say_json
from comments.cli.settings_page import environment, settings_page
from comments.runtime import Setting, read_settings

CONF = Path("pelicanconf.py")


@click.command()
@click.option("--page", is_flag=True, help="Print the page docs/settings.md instead: every setting there is.")
@AS_JSON
def settings(page: bool, as_json: bool) -> None:
    """Show every setting of the environment, its value, and where that is said. Never a secret."""
    if page:
        if not CONF.is_file():
            raise Failure(f"{CONF} is not here. Run this in the folder of the publication.")
        click.echo(settings_page(CONF), nl=False)
        return
    for each in environment():
        value, where = found(each)
        if as_json:
            record = {"name": each.name, "value": value, "default": each.default, "where": where, "help": each.help}
            say_json(record)
        else:
            say(f"{each.name:24} {value or '-'}  ({where})")
    read_settings(os.environ)  # says what cannot be used


def found(setting: Setting) -> tuple[str, str]:
    """The value, dots where it is a secret, and where it was said."""
    if os.environ.get(setting.name, "").strip():
        return ("…" if setting.secret else os.environ[setting.name]), "environment"
    if setting.secret and os.environ.get(f"{setting.name}_FILE"):
        return "…", f"file {os.environ[f'{setting.name}_FILE']}"
    return setting.default, "default"
