"""The way to every form there is: who goes there, and what they type and press."""

from base64 import b32decode
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from comments.actions import invitations, second_step, subscriptions
from comments.actions.accounts import set_address, set_password, sign_in_link
from comments.actions.context import Context
from comments.actions.guard import lists
from comments.actions.web_root import list_releases
from comments.model import Comment
from tests.product.conftest import Installation
from tests.product.pages import open_threads
from tests.product.people import approve, desk_token, draft, waiting_page, writer
from tests.product.visitor import Answer, Form, Visitor, origin_headers

NAME, PASSWORD = "Pat Password", "seven quiet corridors"


@dataclass(frozen=True)
class Step:
    """A form on a page, ready to be sent by ``visitor``."""

    visitor: Visitor
    form: Form
    button: str = ""
    typed: dict[str, str] = field(default_factory=dict)
    more: tuple[tuple[str, str], ...] = ()

    @property
    def fields(self) -> list[tuple[str, str]]:
        return [*self.form.fields(self.button, **self.typed), *self.more]

    def send(self, headers: dict[str, str], *, without: str = "") -> Answer:
        fields = [(name, value) for name, value in self.fields if name != without]
        return self.visitor.post(self.form.action, fields, headers)


class Journeys:
    """Goes there in one running installation. ``ctx`` makes what would come by mail, or by word of mouth."""

    def __init__(self, place: Installation, ctx: Context) -> None:
        self.place = place
        self.ctx = ctx
        self._numbers = count(1)
        self.thread = open_threads(place)[0]
        self.editor = self.signed_in("Editor")

    # -- people and comments ------------------------------------------------------------------------------------------
    def somebody(self) -> Visitor:
        return writer(self.place, next(self._numbers))

    def signed_in(self, name: str) -> Visitor:
        step = self.link(name)
        assert step.visitor.press(step.form).status == 303
        return step.visitor

    def link(self, name: str = "Editor") -> Step:
        visitor = self.somebody()
        return Step(visitor, visitor.get(sign_in_link(self.ctx, name)).form())

    def waiting(self) -> tuple[Visitor, Answer, Comment]:
        """A writer on the waiting page of a new comment."""
        visitor = self.somebody()
        page = waiting_page(visitor, self.thread.id, draft(next(self._numbers)))
        return visitor, page, self.ctx.store.list_comments(newest_first=True, limit=1)[0]

    def approved(self) -> Comment:
        comment = self.waiting()[2]
        assert approve(self.editor, desk_token(self.editor), comment.id).status == 303
        return comment

    def at_desk(self, path: str, action: str, button: str = "", **typed: str) -> Step:
        return Step(self.editor, self.editor.get(path).form(action), button, typed)

    # -- readers' forms -----------------------------------------------------------------------------------------------
    def article(self) -> Step:
        visitor = self.somebody()
        page = visitor.get(self.thread.path)
        return Step(visitor, page.form(f"/comments/{self.thread.id}"), typed=self.words())

    def words(self) -> dict[str, str]:
        typed = draft(next(self._numbers))
        return {name: typed[name] for name in ("comment", "name", "email")}

    def preview(self) -> Step:
        step = self.article()
        return Step(step.visitor, step.visitor.press(step.form, **step.typed).form())

    def change_it(self) -> Step:
        step = self.preview()
        page = step.visitor.press(step.form, "yes")
        return Step(step.visitor, page.form(f"/comments/{self.thread.id}"))

    def mended(self) -> Step:
        step = self.article()
        page = step.visitor.press(step.form, **step.typed | {"name": ""})
        assert page.status == 422
        return Step(step.visitor, page.form(f"/comments/{self.thread.id}"), typed=self.words())

    def reply(self) -> Step:
        visitor, comment = self.somebody(), self.approved()
        page = visitor.get(f"/comments/{self.thread.id}/reply/{comment.id}")
        return Step(visitor, page.form(f"/comments/{self.thread.id}"), typed=self.words())

    def mine(self, button: str) -> Step:
        visitor, page, _comment = self.waiting()
        form = next(form for form in page.forms() if any(value == button for _name, value in form.buttons()))
        return Step(visitor, form, button)

    def prove(self) -> Step:
        visitor, _page, comment = self.waiting()
        token = self.ctx.tokens.sign("prove", {"person": comment.person or 0})
        return Step(visitor, visitor.get(f"/comments/prove/{token}").form())

    def moderate(self) -> Step:
        visitor, comment = self.somebody(), self.waiting()[2]
        account = self.ctx.store.find_account("Editor")
        assert account
        bound: dict[str, str | int] = {"comment": comment.id, "account": account.id, "version": comment.version}
        page = visitor.get(f"/comments/moderate/{self.ctx.tokens.sign('moderate', bound)}")
        return Step(visitor, page.form(), "approve")

    def ask_for_data(self) -> Step:
        visitor = self.somebody()
        page = visitor.get("/comments/privacy")
        return Step(visitor, page.form(), typed={"email": f"asker-{next(self._numbers)}@example.org"})

    def own_data(self, button: str) -> Step:
        visitor, _page, comment = self.waiting()
        stored = self.ctx.store.find_address(comment.person or 0)
        assert stored
        bound: dict[str, str | int] = {"person": comment.person or 0, "mark": self.ctx.vault.mark(stored[0])}
        page = visitor.get(f"/comments/privacy/{self.ctx.tokens.sign('privacy', bound)}")
        form = next(form for form in page.forms() if any(value == button for _name, value in form.buttons()))
        return Step(visitor, form, button)

    def follow(self) -> Comment:
        """A comment whose writer asked for letters about answers."""
        comment = self.waiting()[2]
        self.ctx.store.add_subscription(comment.person or 0, comment.id, "replies", self.ctx.now())
        return comment

    def subscription(self) -> Step:
        visitor, followed = self.somebody(), self.ctx.store.find_subscription(self.follow().id)
        assert followed
        page = visitor.get(f"/comments/subscription/{subscriptions.token_of(self.ctx, followed)}")
        return Step(visitor, page.form(), "confirm")

    def subscriptions(self, button: str) -> Step:
        visitor, person = self.somebody(), self.follow().person or 0
        page = visitor.get(f"/comments/subscriptions/{subscriptions.manage_token(self.ctx, person)}")
        return Step(visitor, page.form(), button)

    # -- the desk's forms ---------------------------------------------------------------------------------------------
    def sign_in(self) -> Step:
        self.signed_in(NAME)
        account = self.ctx.store.find_account(NAME)
        assert account
        set_password(self.ctx, "command line", account.id, PASSWORD)
        visitor = self.somebody()
        form = visitor.get("/desk/sign-in").form("/desk/sign-in")
        return Step(visitor, form, typed={"name": NAME, "password": PASSWORD})

    def sign_out(self) -> Step:
        visitor = self.signed_in("Editor")
        return Step(visitor, visitor.get("/desk/").form("/sign-out"))

    def decide(self) -> Step:
        comment = self.waiting()[2]
        return self.at_desk("/desk/?order=newest", f"/comments/{comment.id}/decide", "approve")

    def one_by_one(self) -> Step:
        self.waiting()
        return self.at_desk("/desk/one-by-one/", "/decide", "trash")

    def bulk(self) -> Step:
        comment = self.waiting()[2]
        step = self.at_desk("/desk/?order=newest", "/desk/bulk", "spam")
        return Step(step.visitor, step.form, step.button, more=(("comment", str(comment.id)),))

    def undo(self) -> Step:
        step = self.decide()
        page = self.editor.follow(self.editor.press(step.form, step.button))
        return Step(self.editor, page.form("/desk/undo"))

    def edit(self) -> Step:
        number = self.waiting()[2].id
        return self.at_desk(f"/desk/comments/{number}/edit", "/edit", "save", text=f"Edited {number}.", reason="Mended")

    def desk_reply(self) -> Step:
        number = self.waiting()[2].id
        return self.at_desk(f"/desk/comments/{number}/reply", "/reply", text=f"Thank you, {number}.")

    def address(self) -> Step:
        return self.at_desk(f"/desk/comments/{self.waiting()[2].id}/", "/address")

    def erase(self) -> Step:
        return self.at_desk(f"/desk/comments/{self.waiting()[2].id}/erase", "/erase")

    def policy(self) -> Step:
        return self.at_desk(f"/desk/articles/{self.thread.id}/", f"/desk/articles/{self.thread.id}/")

    def password(self) -> Step:
        step = self.at_desk("/desk/settings/", "/settings/password", password=PASSWORD, again=PASSWORD)
        if "current" in dict(step.form.fields()):  # asked for where one is set already
            step.typed["current"] = PASSWORD
        return step

    def settings(self, action: str, **typed: str) -> Step:
        return self.at_desk("/desk/settings/", f"/settings/{action}", **typed)

    def letters(self) -> Step:
        account = self.ctx.store.find_account("Editor")
        assert account
        set_address(self.ctx, "command line", account.id, "editor@example.org")
        return self.settings("letters", when="daily", hour="7")

    def mute(self) -> Step:
        self.letters()
        account = self.ctx.store.find_account("Editor")
        assert account
        self.ctx.store.set_muted(account.id, self.thread.id, False)  # one who came before may have pressed it
        return self.at_desk(f"/desk/articles/{self.thread.id}/", f"/desk/articles/{self.thread.id}/letters", "none")

    def retry_letter(self) -> Step:
        now = self.ctx.now()
        letter = self.ctx.store.add_letter("prove", now, now)
        self.ctx.store.mark_failed(letter, "The mail server is away.", retry=None, at=now)
        return self.at_desk("/desk/mail/", f"/desk/mail/{letter}")

    def add_person(self) -> Step:
        return self.at_desk("/desk/people/", "/desk/people/", name=f"Person {next(self._numbers)}")

    def switch_person(self) -> Step:
        name = f"Person {next(self._numbers)}"
        self.signed_in(name)
        account = self.ctx.store.find_account(name)
        assert account
        return self.at_desk("/desk/people/", f"/desk/people/{account.id}", "disable")

    def add_to_list(self) -> Step:
        word = f"kettle {next(self._numbers)}"
        return self.at_desk("/desk/lists/", "/desk/lists/", list="moderation", kind="word", value=word)

    def remove_from_list(self) -> Step:
        word = f"kettle {next(self._numbers)}"
        entry = lists.add(self.ctx, "command line", "moderation", "word", word)
        return self.at_desk("/desk/lists/", f"/desk/lists/{entry.listing.id}")

    def invite(self) -> Step:
        typed = {"email": f"guest-{next(self._numbers)}@example.org", "role": "moderator"}
        return self.at_desk("/desk/people/", "/people/invitations/", **typed)

    def invited(self) -> tuple[int, str]:
        """An invitation's number, and the path of its link."""
        address = f"guest-{next(self._numbers)}@example.org"
        number = invitations.invite(self.ctx, "command line", address, "moderator").id
        return number, invitations.path_of(self.ctx, "command line", number)

    def withdraw(self) -> Step:
        return self.at_desk("/desk/people/", f"/people/invitations/{self.invited()[0]}")

    def accept(self) -> Step:
        visitor = self.somebody()
        typed = {"name": f"Guest {next(self._numbers)}", "password": PASSWORD, "again": PASSWORD}
        return Step(visitor, visitor.get(self.invited()[1]).form(), typed=typed)

    def forgotten(self) -> Step:
        visitor = self.somebody()
        typed = {"who": f"Nobody {next(self._numbers)}"}
        return Step(visitor, visitor.get("/desk/forgotten").form("/desk/forgotten"), typed=typed)

    def reset(self) -> Step:
        name = f"Person {next(self._numbers)}"
        self.signed_in(name)
        account = self.ctx.store.find_account(name)
        assert account
        token = self.ctx.tokens.sign("reset", {"account": account.id, "mark": self.ctx.vault.mark(b"")})
        visitor = self.somebody()
        return Step(
            visitor, visitor.get(f"/desk/reset/{token}").form(), typed={"password": PASSWORD, "again": PASSWORD}
        )

    def code(self) -> Step:
        """The page that asks for a code, of somebody who has just set the second step up."""
        name = f"Person {next(self._numbers)}"
        self.signed_in(name)
        account = self.ctx.store.find_account(name)
        assert account
        offer = second_step.make_offer(self.ctx, account)
        key = b32decode(offer.key.replace(" ", ""))
        app = TOTP(key, 6, SHA1(), 30)
        now = self.ctx.now().timestamp()
        second_step.switch_on(self.ctx, account, offer.token, app.generate(int(now)).decode())
        visitor = self.somebody()
        link = visitor.get(sign_in_link(self.ctx, name)).form()
        page = visitor.press(link)
        return Step(visitor, page.form("/desk/code"), typed={"code": app.generate(int(now) + 30).decode()})

    def session_elsewhere(self) -> Step:
        self.signed_in("Editor")
        forms = self.editor.get("/desk/settings/").forms()
        return Step(self.editor, next(form for form in forms if "/settings/sessions/" in form.action))

    def go_back(self) -> Step:
        self.place.release()
        older = list_releases(self.place.var)[1].number
        path = f"/desk/publication/releases/{older}/"
        return self.at_desk(path, path)

    def go_on(self) -> Step:
        """The form again, after it had been open for too long."""
        step = self.edit()
        page = step.send(origin_headers(step.form), without="csrf_token")
        assert page.status == 400
        return Step(self.editor, page.form("/edit"))

    def sign_in_and_go_on(self) -> Step:
        """The same after the sign-in had ended meanwhile."""
        door, edit = self.sign_in(), self.edit()
        page = door.visitor.post(edit.form.action, edit.fields, origin_headers(edit.form))
        assert page.status == 400
        return Step(door.visitor, page.form("/desk/sign-in"), typed={"name": NAME, "password": PASSWORD})


# Every form there is, by what it is for; behind it the endpoint that takes it.
WAYS: dict[str, tuple[str, Callable[[Journeys], Step]]] = {
    "the article's form": ("public.send", Journeys.article),
    "the preview": ("public.send", Journeys.preview),
    "the form to change a text before it is sent": ("public.send", Journeys.change_it),
    "the form with errors": ("public.send", Journeys.mended),
    "the reply page": ("public.send", Journeys.reply),
    "edit on the waiting page": ("mine.act", lambda ways: ways.mine("edit")),
    "delete on the waiting page": ("mine.act", lambda ways: ways.mine("delete")),
    "ask for the proving letter": ("mine.act", lambda ways: ways.mine("prove")),
    "the prove link": ("mine.prove", Journeys.prove),
    "moderate from mail": ("moderate.act", Journeys.moderate),
    "ask for one's data": ("privacy.send", Journeys.ask_for_data),
    "download one's data": ("privacy.act", lambda ways: ways.own_data("download")),
    "erase one's data": ("privacy.act", lambda ways: ways.own_data("erase all")),
    "confirm letters": ("subscriptions.act", Journeys.subscription),
    "end letters among all": ("subscriptions.act_on_all", lambda ways: ways.subscriptions("end")),
    "the desk's sign-in": ("login.sign_in", Journeys.sign_in),
    "the desk's sign-in link": ("login.enter", Journeys.link),
    "the code of the second step": ("login.code", Journeys.code),
    "ask for a new password": ("login.ask_reset", Journeys.forgotten),
    "set a new password": ("login.reset", Journeys.reset),
    "accept an invitation": ("login.accept", Journeys.accept),
    "invite": ("desk.invite", Journeys.invite),
    "withdraw an invitation": ("desk.withdraw", Journeys.withdraw),
    "begin the second step": (
        "desk.set_second_step",
        lambda ways: ways.at_desk("/desk/settings/second-step", "/settings/second-step", "begin"),
    ),
    "sign out at one other place": ("desk.sign_out_session", Journeys.session_elsewhere),
    "sign out": ("login.sign_out", Journeys.sign_out),
    "decide in the queue": ("desk.decide", Journeys.decide),
    "decide one by one": ("desk.decide", Journeys.one_by_one),
    "decide on many": ("desk.bulk", Journeys.bulk),
    "undo": ("desk.undo", Journeys.undo),
    "edit": ("desk.edit", Journeys.edit),
    "reply and publish": ("desk.reply", Journeys.desk_reply),
    "show the address": ("desk.address", Journeys.address),
    "erase": ("desk.erase", Journeys.erase),
    "the article's policy": ("desk.set_policy", Journeys.policy),
    "the password": ("desk.password", Journeys.password),
    "the address for letters": ("desk.email", lambda ways: ways.settings("email", email="editor@example.org")),
    "when letters come": ("desk.letters", Journeys.letters),
    "no letters about an article": ("desk.mute", Journeys.mute),
    "a letter to be tried again": ("desk.retry_letter", Journeys.retry_letter),
    "the keys": ("desk.keys", lambda ways: ways.settings("keys")),
    "sign out elsewhere": ("desk.elsewhere", lambda ways: ways.settings("elsewhere")),
    "add a person": ("desk.add_person", Journeys.add_person),
    "lock a person out": ("desk.switch_person", Journeys.switch_person),
    "add to a list": ("desk.add_to_list", Journeys.add_to_list),
    "remove from a list": ("desk.remove_from_list", Journeys.remove_from_list),
    "go back to an earlier release": ("desk.go_back", Journeys.go_back),
    "go on with an old form": ("desk.edit", Journeys.go_on),
    "sign in and go on with an old form": ("login.sign_in", Journeys.sign_in_and_go_on),
}
