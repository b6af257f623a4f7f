"""What a queued letter says, looked up at the moment it leaves. None: it has nothing left to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from comments import markup
from comments.errors import NotFound
from comments.mail import letters
from comments.manifest import Manifest
from comments.model import Comment, Letter
from comments.store.base import Store
from comments.tokens import Tokens
from comments.vault import Vault
from comments.words import _


@dataclass(frozen=True)
class Writing:
    """Writes letters with what store and site hold now. The addresses of site and desk are from the configuration."""

    store: Store
    vault: Vault
    tokens: Tokens
    manifest: Manifest
    url: str
    desk_url: str

    def language(self, letter: Letter) -> str:
        """The one a letter is written in: its article's for commenters, the site's for the people of the desk."""
        threads = (comment.thread for comment in self._comments(letter))
        entry = self.manifest.threads.get(next(threads, "")) if letter.account is None else None
        return entry.language if entry else self.manifest.site.language

    def written(self, letter: Letter) -> letters.Written | None:
        """The letter's words."""
        site = self.manifest.site
        privacy = self.url + site.privacy_path if site.privacy_path else ""
        match letter.kind:
            case "prove":
                token = self.tokens.sign("prove", {"person": letter.person or 0})
                return letters.prove(site, f"{self.url}/comments/prove/{token}", privacy)
            case "privacy":
                link = f"{self.url}/comments/privacy/{self.tokens.sign('privacy', self._bound(letter.person or 0))}"
                return letters.own_data(site, link, privacy)
            case "confirm":
                wanted = list(self._unconfirmed(letter))
                return letters.confirm(site, wanted, privacy) if wanted else None
            case "reply":
                return self._reply(letter)
            case "published":
                return self._published(letter)
            case "article":
                items = [self._item(each, self._desk_link(each)) for each in self._shown(letter)]
                return letters.article(site, items, f"{self.desk_url}/desk/settings/") if items else None
        waiting = [self._item(each, self._decide_link(letter, each)) for each in self._still_waiting(letter)]
        urgent = letter.kind == "urgent"
        return letters.moderate(site, waiting, f"{self.desk_url}/desk/", urgent=urgent) if waiting else None

    # -- for commenters -----------------------------------------------------------------------------------------------
    def _unconfirmed(self, letter: Letter) -> Iterator[letters.Wanted]:
        for comment in self._comments(letter):
            found = self.store.find_subscription(comment.id)
            if found and found.confirmed is None and comment.state in ("pending", "approved"):
                yield letters.Wanted(found.scope, self._title(comment), self._subscription_link(found.id))

    def _reply(self, letter: Letter) -> letters.Written | None:
        try:
            found = self.store.get_subscription(letter.subscription or 0)
            asked_with = self.store.get_comment(found.comment)
        except NotFound:
            return None
        items = [
            letters.Reply(each.name or _("Anonymous"), markup.plain(each.html), self._page_link(each))
            for each in self._shown(letter)
        ]
        if not items or found.confirmed is None:
            return None
        wanted = letters.Wanted(found.scope, self._title(asked_with), self._subscription_link(found.id))
        manage = self.tokens.sign("subscriptions", self._bound(found.person))
        consent = f"{self._local(found.confirmed):%Y-%m-%d}"
        return letters.reply(self.manifest.site, items, wanted, consent, f"{self.url}/comments/subscriptions/{manage}")

    def _published(self, letter: Letter) -> letters.Written | None:
        for comment in self._shown(letter):
            return letters.published(self.manifest.site, self._title(comment), self._page_link(comment))
        return None

    def _subscription_link(self, subscription: int) -> str:
        return f"{self.url}/comments/subscription/{self.tokens.sign('subscription', {'subscription': subscription})}"

    def _bound(self, person: int) -> dict[str, str | int]:
        # The link names no address. It is bound to the one it is sent to, should that person have another one later.
        stored = self.store.find_address(person)
        return {"person": person, "mark": self.vault.mark(stored[0])} if stored else {"person": person}

    # -- for the people of the desk -----------------------------------------------------------------------------------
    def _still_waiting(self, letter: Letter) -> Iterator[Comment]:
        for comment in self._comments(letter):
            if comment.state == "pending" or (comment.state == "approved" and comment.proposed is not None):
                yield comment

    def _item(self, comment: Comment, link: str) -> letters.Item:
        parent = None if comment.parent is None else self.store.get_comment(comment.parent)
        return letters.Item(
            name=comment.name or _("Anonymous"),
            title=self._title(comment),
            when=f"{self._local(comment.created):%Y-%m-%d %H:%M}",
            text=comment.proposed or comment.source,
            reasons=tuple(reason.sentence for reason in comment.reasons),
            link=link,
            answers=letters.first_words(parent) if parent and parent.source else "",
        )

    def _decide_link(self, letter: Letter, comment: Comment) -> str:
        bound: dict[str, str | int] = {
            "comment": comment.id,
            "account": letter.account or 0,
            "version": comment.version,
            "text": letters.mark_of(comment),
        }
        return f"{self.url}/comments/moderate/{self.tokens.sign('moderate', bound)}"

    def _desk_link(self, comment: Comment) -> str:
        return f"{self.desk_url}/desk/comments/{comment.id}/reply"

    # -- what it is about ---------------------------------------------------------------------------------------------
    def _comments(self, letter: Letter) -> Iterator[Comment]:
        for number in letter.comments:
            try:
                yield self.store.get_comment(number)
            except NotFound:
                continue

    def _shown(self, letter: Letter) -> Iterator[Comment]:
        """Those that readers see: what was taken off the page meanwhile, or erased, is told to nobody."""
        for comment in self._comments(letter):
            if comment.state == "approved" and comment.source and comment.thread in self.manifest.threads:
                yield comment

    def _title(self, comment: Comment) -> str:
        entry = self.manifest.threads.get(comment.thread)
        return entry.title if entry else _("an article that is not on the site")

    def _page_link(self, comment: Comment) -> str:
        return f"{self.url}{self.manifest.threads[comment.thread].path}#comment-{comment.id}"

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.manifest.site.zone))
