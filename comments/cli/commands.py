"""All commands but ``serve``, which needs the whole app (``comments/__main__.py`` adds it)."""

import click

from comments.cli import deciding, examples, forgetting, people, previews, publishing, reading, record, timing, upkeep
from comments.cli.frame import Commands

HELP = """Practice Notes: the comment service and the site's releases.

Where the installation is, and how mail leaves, is said by the environment (PN_VAR, PN_SMTP_HOST …)."""


@click.group(cls=Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    pass


for command in (
    upkeep.init,
    publishing.release,
    publishing.rollback,
    publishing.releases,
    timing.due,
    previews.keep_preview,
    previews.list_previews,
    previews.end_preview,
    reading.queue,
    reading.show,
    deciding.approve,
    deciding.spam,
    deciding.trash,
    deciding.restore,
    deciding.undo,
    deciding.edit,
    deciding.erase,
    reading.export,
    upkeep.check,
    forgetting.purge,
    people.people,
    people.invite,
    people.role,
    people.deactivate,
    people.sign_in,
    people.reset_totp,
    record.export_record,
    publishing.publish_due,
    publishing.send_mail,
    examples.load_examples,
):
    cli.add_command(command)
