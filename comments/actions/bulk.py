"""One act on many comments: one transaction, each page written once, one receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comments.actions import moderate
from comments.actions.acts import Change
from comments.actions.context import Context
from comments.actions.moderate import Acted
from comments.actions.permissions import Actor, require
from comments.errors import NotFound, Refused
from comments.words import _, ngettext

LIMIT = 500
# A receipt is read at one glance: so many different causes are told.
EXPLAINED = 2


@dataclass(frozen=True)
class BulkActed:
    """What became of each: ``done`` by receipt, ``failed`` by id with a sentence."""

    verb: str
    done: list[Acted]
    failed: dict[int, str]
    why_late: str | None
    sentence: str


def bulk(
    ctx: Context, actor: Actor, verb: str, ids: Sequence[int], versions: Mapping[int, int] | None = None
) -> BulkActed:
    """Do one act to many comments. What cannot be done to one does not keep the others from it.

    :raise Refused: nothing was selected, or too much.
    """
    require(actor, "moderate")
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise Refused(_("Nothing was selected. Tick comments first."))
    if len(chosen) > LIMIT:
        raise Refused(_("Select up to {limit} comments at a time.").format(limit=LIMIT))
    changes: list[Change] = []
    failed: dict[int, str] = {}
    with ctx.store.write():
        for comment in chosen:
            try:
                with ctx.store.write():  # what one refused act began is taken back alone
                    changes.append(moderate.change(ctx, actor, verb, comment, (versions or {}).get(comment)))
            except (Refused, NotFound) as problem:
                failed[comment] = str(problem)
    late = {thread: ctx.show(thread) for thread in {done.comment.thread for done in changes if done.seen}}
    done = [moderate.tell(change, late.get(change.comment.thread)) for change in changes]
    why_late = next(filter(None, late.values()), None)
    return BulkActed(verb, done, failed, why_late, _sentence(verb, done, failed, why_late))


def _sentence(verb: str, done: list[Acted], failed: dict[int, str], why_late: str | None) -> str:
    count = sum(acted.changed for acted in done)
    words = {
        "approve": ngettext("{count} published.", "{count} published.", count),
        "spam": ngettext("{count} filed under spam.", "{count} filed under spam.", count),
        "trash": ngettext("{count} in the bin.", "{count} in the bin.", count),
        "restore": ngettext("{count} taken back.", "{count} taken back.", count),
        "undo": ngettext("{count} undone.", "{count} undone.", count),
    }
    parts = [words.get(verb, ngettext("{count} changed.", "{count} changed.", count)).format(count=count)]
    same = len(done) - count
    if same:
        parts.append(ngettext("{count} was so already.", "{count} were so already.", same).format(count=same))
    if failed:
        left = len(failed)
        parts.append(ngettext("{count} was left as it is.", "{count} were left as they are.", left).format(count=left))
        parts += list(dict.fromkeys(failed.values()))[:EXPLAINED]
    if why_late:
        parts += [_("The pages will follow."), why_late]
    return " ".join(parts)
