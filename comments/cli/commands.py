"""All commands but ``serve``, which needs the whole app (``comments/__main__.py`` adds it)."""

import click

from comments.cli import (
    answering,
    deciding,
    examples,
    forgetting,
    keys,
    letters,
    lists,
    people,
    previews,
    publishing,
    reading,
    record,
    saving,
    settings,
    timing,
    upkeep,
)
from comments.cli.frame import Commands

HELP = """Practice Notes: the comment service and the site's releases.

Where the installation is, and how mail leaves, is said by the environment (PN_VAR, PN_SMTP_HOST …):
`settings` shows it. Every command has --json: one object a line, whose names stay.

Exit codes: 0 done; 1 not done, or something is to be done, with a sentence on standard error that says what; 2 the
command was not typed as it should be. (`due`: 0 nothing is due, 1 something is, 2 that cannot be told.)"""


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
    deciding.put_back,
    deciding.undo,
    deciding.edit,
    deciding.erase,
    answering.reply,
    answering.accept_change,
    answering.keep_old,
    answering.thread,
    upkeep.check,
    upkeep.rebuild_search,
    forgetting.purge,
    saving.backup,
    saving.restore,
    keys.rotate_keys,
    keys.drop_addresses,
    keys.who_is_affected,
    settings.settings,
    lists.list_,
    lists.retrain,
    people.people,
    people.invite,
    people.role,
    people.deactivate,
    people.sign_in,
    people.reset_totp,
    record.export_record,
    publishing.publish_due,
    publishing.send_mail,
    letters.outbox,
    examples.load_examples,
):
    cli.add_command(command)
