"""People: a link that lets somebody in."""

from typing import cast

import click

from comments.actions.accounts import forget_password, sign_in_link
from comments.cli.frame import ACTOR, AS_JSON, Failure, opened, say_json
from comments.model import Role


@click.command()
@click.argument("name")
@click.option("--create", is_flag=True, help="Make the account where there is none of that name.")
@click.option(
    "--role",
    type=click.Choice(["administrator", "moderator", "author"]),
    default="administrator",
    show_default=True,
    help="With --create: what the new account may do.",
)
@click.option("--author", metavar="KEY", help="With --role author: the record in content/authors/.")
@click.option(
    "--forget-password", "forgotten", is_flag=True, help="For whoever forgot it: NAME can then set a new one."
)
@click.option("--brief", is_flag=True, help="Only the link.")
@AS_JSON
def sign_in(
    name: str, create: bool, role: str, author: str | None, forgotten: bool, brief: bool, as_json: bool
) -> None:
    """Print a link that signs NAME in at the desk, once, within an hour."""
    if create and (role == "author") != bool(author):
        raise Failure("--role author and --author KEY belong together.")
    with opened() as here:
        account = here.ctx.store.find_account(name)
        if account is None and not create:
            raise Failure(f"Nobody at the desk is called {name}. To make an administrator of that name, add --create.")
        if account and forgotten:
            forget_password(here.ctx, ACTOR, account.id)
        path = sign_in_link(here.ctx, name, account.role if account else cast(Role, role), author=author)
        if as_json:
            say_json({"name": name, "link": here.site_url + path})
            return
        click.echo(f"  Desk   {here.site_url}{path}")
    if not brief:
        click.echo("It works once, within an hour. Opening it shows a button; the button signs in.")
