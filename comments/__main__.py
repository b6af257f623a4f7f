"""``python -m comments COMMAND``."""

import os

import click

from comments.cli.commands import cli
from comments.cli.frame import Failure
from comments.runtime import open_runtime, read_settings


@cli.command()
@click.option("--host", default="localhost", show_default=True, help="Where to listen; 0.0.0.0 for other machines too.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Which port.")
@click.option("--development", is_flag=True, help="Open pages reload when the site is published anew.")
def serve(host: str, port: int, development: bool) -> None:
    """Run site, comment service and desk until Ctrl-C."""
    from comments.app import serve  # only this command pays for loading the web

    try:
        serve(open_runtime(read_settings(os.environ)), host, port, development)
    except OSError as error:
        raise Failure(f"Cannot listen on {host}, port {port}: {error.strerror or error}.") from error


if __name__ == "__main__":
    cli(prog_name="comments")
