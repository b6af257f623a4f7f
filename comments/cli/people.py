"""People: who has a desk, inviting, roles, and a link that lets somebody in."""

from typing import cast

import click

from comments.actions import invitations, roles, second_step
from comments.actions.accounts import forget_password, set_disabled, sign_in_link
from comments.actions.opening import Installation
from comments.cli.frame import ACTOR, AS_JSON, Failure, opened, say_json
from comments.model import Account, Invitation, Role

ROLES = ("administrator", "moderator", "author")


@click.command()
@click.argument("name")
@click.option("--create", is_flag=True, help="Make the account where there is none of that name.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
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
        link = f"{here.desk_url}{path}"
    if as_json:
        say_json({"name": name, "link": link})
        return
    click.echo(f"  Desk   {link}")
    if not brief:
        click.echo("It works once, within an hour. Opening it shows a button; the button signs in.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def people(as_json: bool) -> None:
    """List who has a desk, and who was invited. Never an address."""
    with opened() as here:
        steps = {number for number, _sealed in here.ctx.store.list_second_steps()}
        for account in here.ctx.store.list_accounts():
            record = as_account(account, account.id in steps)
            if as_json:
                say_json(record)
            else:
                click.echo(f"{account.name}  {_role_of(account.role, account.author)}{_marks(record)}")
        for invitation in here.ctx.store.list_invitations():
            _say_invitation(invitation, as_json)


@click.command()
@click.argument("address")
@click.option("--role", type=click.Choice(ROLES), default="moderator", show_default=True, help="What they may do.")
@click.option("--author", metavar="KEY", help="With --role author: the record in content/authors/.")
@click.option("--name", default="", help="What the list calls them until they come.")
@click.option("--link", is_flag=True, help="Print the link too, for when mail is dead.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def invite(address: str, role: str, author: str | None, name: str, link: bool, as_json: bool) -> None:
    """Mail ADDRESS a link that makes an account at the desk, once, within seven days."""
    _check_author_given(role, author)
    with opened() as here:
        made = invitations.invite(here.ctx, ACTOR, address, cast(Role, role), name=name, author=author)
        path = f"{here.desk_url}{invitations.path_of(here.ctx, ACTOR, made.id)}" if link else None
    if as_json:
        say_json(as_invitation(made) | {"link": path})
        return
    click.echo(f"Invitation {made.id}: the letter is on its way. It works until {made.expires:%Y-%m-%d %H:%M} UTC.")
    if path:
        click.echo(f"  Link   {path}")


@click.command()
@click.argument("name")
@click.argument("role", metavar="ROLE", type=click.Choice(ROLES))
@click.option("--author", metavar="KEY", help="With author: the record in content/authors/.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def role(name: str, role: str, author: str | None, as_json: bool) -> None:
    """Give NAME the role administrator, moderator or author, and sign them out."""
    _check_author_given(role, author)
    with opened() as here:
        changed = roles.set_role(here.ctx, ACTOR, known(here, name).id, cast(Role, role), author)
        _say_account(here, changed, f"{changed.name} is {_role_of(changed.role, changed.author)} now.", as_json)


@click.command()
@click.argument("name")
@click.option("--back", is_flag=True, help="Let NAME in again.")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def deactivate(name: str, back: bool, as_json: bool) -> None:
    """Take NAME's desk away and end their sign-ins. What they wrote stays."""
    with opened() as here:
        account = known(here, name)
        set_disabled(here.ctx, ACTOR, account.id, not back)
        told = f"{account.name} can sign in again." if back else f"{account.name} can no longer sign in."
        _say_account(here, here.ctx.store.get_account(account.id), told, as_json)


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As a JSON object.")
def reset_totp(name: str, as_json: bool) -> None:
    """Take the second step away from NAME, who lost both telephone and recovery codes."""
    with opened() as here:
        account = known(here, name)
        second_step.switch_off(here.ctx, ACTOR, account.id)
        _say_account(here, account, f"{account.name} signs in without a code now.", as_json)


def known(here: Installation, name: str) -> Account:
    """:raise Failure: nobody at the desk has this name."""
    account = here.ctx.store.find_account(name)
    if account is None:
        raise Failure(f"Nobody at the desk is called {name}. Who is there: python -m comments people")
    return account


def as_account(account: Account, code: bool) -> dict[str, object]:
    """An account for machines, without its address."""
    return {
        "name": account.name,
        "role": account.role,
        "author": account.author,
        "active": not account.disabled,
        "password": account.password is not None,
        "second_step": code,
        "letters": account.has_address,
    }


def as_invitation(invitation: Invitation) -> dict[str, object]:
    return {
        "invitation": invitation.id,
        "name": invitation.name,
        "role": invitation.role,
        "author": invitation.author,
        "by": invitation.sender,
        "expires": invitation.expires.isoformat(),
    }


def _say_account(here: Installation, account: Account, sentence: str, as_json: bool) -> None:
    if as_json:
        say_json(as_account(account, second_step.is_on(here.ctx, account.id)))
    else:
        click.echo(sentence)


def _say_invitation(invitation: Invitation, as_json: bool) -> None:
    if as_json:
        say_json(as_invitation(invitation))
    else:
        who = invitation.name or "Somebody"
        what = _role_of(invitation.role, invitation.author)
        click.echo(f"{who}  {what}, invited until {invitation.expires:%Y-%m-%d %H:%M} UTC")


def _role_of(role: str, author: str | None) -> str:
    return f"{role} ({author})" if author else role


def _marks(record: dict[str, object]) -> str:
    words = {"password": "password", "second_step": "code", "letters": "letters"}
    marks = [word for key, word in words.items() if record[key]] + ([] if record["active"] else ["locked out"])
    return "".join(f", {mark}" for mark in marks)


def _check_author_given(role: str, author: str | None) -> None:
    if (role == "author") != bool(author):
        raise Failure("The role author and --author KEY belong together.")
