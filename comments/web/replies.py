"""The reply form on pages of its own: to answer one comment, to look once more, to mend what was refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response
from markupsafe import Markup

from comments.actions.submit import NeedsPreview
from comments.errors import NotFound
from comments.manifest import Thread
from comments.model import Comment
from comments.thread.view import web_address
from comments.web.errors import Problem
from comments.web.service import service
from comments.words import _

# After these the thread takes no comment, or not this one: the text is shown to be copied, without a form.
FINAL = ("closed", "refused", "not-found")
# A browser that goes Back shows a no-store answer to a POST as an error, and what was typed is lost. This one may be
# kept, by that browser alone.
KEPT = "private, no-cache"


@dataclass(frozen=True)
class Form:
    """What the form's template shows. ``heading`` 0: the page has its own."""

    action: str
    token: str = ""
    parent: Comment | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    heading: int = 0


def form_page(
    entry: Thread, typed: Mapping[str, str], *, parent: Comment | None = None, problem: Problem | None = None
) -> Response:
    """The form with what was typed in it, below what is wrong if there is a problem."""
    if problem and problem.code in FINAL:
        text = typed.get("comment", "")
        return service().pages.page(
            "problem", _("Leave a Reply"), language=entry.language, problem=problem, kept=text, thread=entry
        )
    form = Form(
        action=f"/comments/{entry.id}",
        # The same token again: if the first answer was lost on its way, the second one is the same.
        token=typed.get("token", ""),
        parent=parent,
        values=typed,
        errors=problem.fields if problem else {},
    )
    answered = Markup(parent.html) if parent else None  # noqa: S704 - the sanitiser made it
    return kept(
        service().pages.page(
            "reply",
            _("Leave a Reply"),
            language=entry.language,
            thread=entry,
            form=form,
            problem=problem,
            answered=answered,
        )
    )


def preview_page(entry: Thread, typed: Mapping[str, str], needs: NeedsPreview) -> Response:
    """The comment as it will stand on the page, with "Post comment" and "Change it"."""
    form = Form(f"/comments/{entry.id}", needs.token, find_parent(entry, needs.draft.parent), typed)
    html = Markup(needs.html)  # noqa: S704 - the sanitiser made it
    return kept(
        service().pages.page(
            "preview",
            _("Look at your comment"),
            language=entry.language,
            thread=entry,
            form=form,
            by={"name": needs.draft.name, "website": web_address(needs.draft.website)},
            html=html,
            why=needs.why,
            help=needs.help,
        )
    )


def kept(response: Response) -> Response:
    """The answer, so that Back shows it again with what was typed in it."""
    response.headers["Cache-Control"] = KEPT
    return response


def find_parent(entry: Thread, comment: int | None) -> Comment | None:
    """The comment that is answered, where readers see it in this thread."""
    if comment is None:
        return None
    try:
        found = service().context.store.get_comment(comment)
    except NotFound:
        return None
    return found if found.state == "approved" and found.thread == entry.id else None
