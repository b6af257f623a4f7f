"""No letters about one article, for one person of the desk. Letters about urgent comments come all the same."""

from comments.actions.context import Context
from comments.errors import NotFound
from comments.manifest import Thread
from comments.model import Account
from comments.words import _


def writes_about(account: Account, entry: Thread) -> bool:
    """Whether letters about this article go to that person at all: to authors about their own, to others about all."""
    return account.role != "author" or account.author in {author.key for author in entry.authors}


def set_muted(ctx: Context, account: Account, thread: str, muted: bool) -> str:
    """Send that person no more letters about one article, or send them again. Returns what to tell.

    :raise NotFound: the site has no such thread, or it is none of this author's.
    """
    entry = ctx.thread(thread)
    if not writes_about(account, entry):
        raise NotFound(_("There is no such article here."))
    with ctx.store.write():
        ctx.store.set_muted(account.id, thread, muted)
        action = "mute letters" if muted else "unmute letters"
        ctx.store.add_audit(ctx.now(), account.name, action, thread=thread, detail={"account": account.name})
    if muted:
        return _("No more letters about this article come to you, but for urgent comments.")
    return _("Letters about this article come to you again.")
