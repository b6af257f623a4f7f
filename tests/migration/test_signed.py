"""Comments that authors of the old site wrote below their own articles: with their mark and by their name."""

from comments.actions.accounts import sign_in_link
from comments.thread.render import Renderer
from migrate.run import Migration
from tests.contracts.tiny_site import SITE, THREADS
from tests.migration.conftest import HEAD, ROOT, Desk, Export, comment, post

ADA = "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada"
LEO = (
    "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>leo77</wp:author_login>"
    "<wp:author_email>leo@secret.example</wp:author_email>"
    "<wp:author_display_name>Leo Example</wp:author_display_name></wp:author>"
)
ACCOUNTS = HEAD.replace("<wp:author><wp:author_login>ada", ADA).replace("<wp:category>", f"{LEO}<wp:category>")
OWN = {"user_id": "1", "author_email": "ada@secret.example"}


def brought(desk: Desk, export: Export) -> Migration:
    replies = (
        comment(4, author="ada", **OWN),
        comment(5, author="Ada E.", **OWN, approved="0"),
        comment(6, author="leo77", user_id="2"),
        comment(7, author="Guest", user_id="99"),
        comment(8, author="ada"),
    )
    return desk.migrate(export(post(1, more="".join(replies)), head=ACCOUNTS))


def test_the_articles_author_bears_the_mark_and_nobody_is_called_by_a_login(desk: Desk, export: Export) -> None:
    run = brought(desk, export)

    with desk.store() as ctx:
        shown = {one.id: (one.name, one.badge) for one in ctx.store.list_public("text-1")}
        page = Renderer(ROOT / "theme").regions(SITE, THREADS["first"], ctx.store.list_public("text-1"))["thread"]
    assert shown == {
        4: ("Ada Example", "author"),
        6: ("Leo Example", ""),
        7: ("Guest", ""),
        8: ("ada", ""),  # anybody can sign like that
    }
    assert page.decode().count('class="badge"') == 1
    changed = [entry.source for entry in run.ledger.entries if entry.kind == "comment" and entry.why]
    assert changed == ["4", "5", "6"]


def test_their_address_is_in_the_vault_alone_and_nobody_is_let_in(desk: Desk, export: Export) -> None:
    brought(desk, export)
    brought(desk, export)

    with desk.store() as ctx:
        (account,) = ctx.store.list_accounts()
        assert (account.role, account.author, account.disabled, account.has_address) == (
            "author",
            "ada-example",
            True,
            False,
        )
        own = [ctx.store.get_comment(number) for number in (4, 5)]
        assert [(one.account, one.has_address) for one in own] == [(account.id, True)] * 2
        assert len({one.person for one in own}) == 1
    texts = [path.read_bytes() for path in desk.folder.rglob("*") if path.is_file() and path.suffix != ".xml"]
    assert not [text for text in texts if b"secret.example" in text]


def test_an_author_of_the_old_site_takes_nobodys_name_at_the_desk(desk: Desk, export: Export) -> None:
    """The first start makes a link for an account of the name Editor."""
    desk.migrate(export(post(1, more=comment(4, author="ada", **OWN)), head=ACCOUNTS.replace("Ada Example", "Editor")))
    with desk.store() as ctx:
        assert [one.badge for one in ctx.store.list_public("text-1")] == ["author"]
        assert sign_in_link(ctx, "Editor").startswith("/desk/link/")


def test_an_account_that_is_there_signs_and_a_strangers_of_that_name_does_not(desk: Desk, export: Export) -> None:
    with desk.store() as ctx:
        ctx.store.add_account("ada-example (old site)", "moderator", ctx.now())
    brought(desk, export)
    with desk.store() as ctx:
        assert [one.badge for one in ctx.store.list_public("text-1")] == ["", "", "", ""]
        assert len(ctx.store.list_accounts()) == 1
        here = ctx.store.add_account("Ada", "author", ctx.now(), "ada-example")
    desk.migrate(export(post(1, more=comment(11, author="ada", **OWN)), head=ACCOUNTS))
    with desk.store() as ctx:
        assert ctx.store.get_comment(11).account == here
