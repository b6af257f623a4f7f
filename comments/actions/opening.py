"""An opened installation: its runtime with what the actions need."""

from dataclasses import dataclass

from comments.actions.context import Context
from comments.actions.publish import Publisher
from comments.actions.web_root import current_manifest
from comments.errors import CommentsError
from comments.runtime import Runtime, desk_url_of
from comments.thread.render import Renderer


@dataclass(frozen=True)
class Installation:
    """The opened installation, with what the actions need."""

    runtime: Runtime
    publisher: Publisher
    ctx: Context

    @property
    def has_release(self) -> bool:
        """Whether something was published, so that the site's address is known."""
        try:
            self.ctx.manifest()
        except CommentsError:
            return False
        return True

    @property
    def site_url(self) -> str:
        return self.runtime.settings.site_url or self.ctx.manifest().site.url

    @property
    def desk_url(self) -> str:
        """:raise Misconfigured: it does not go with the site's."""
        return desk_url_of(self.runtime.settings, self.site_url)


def installation_of(runtime: Runtime) -> Installation:
    """``runtime`` with a publisher and the context of the actions."""
    publisher = Publisher(runtime.var, runtime.store, Renderer(runtime.theme), runtime.clock)
    ctx = Context(
        store=runtime.store,
        vault=runtime.vault,
        tokens=runtime.tokens,
        publisher=publisher,
        clock=runtime.clock,
        manifest=lambda: current_manifest(runtime.var),
        settings=runtime.settings,
    )
    return Installation(runtime, publisher, ctx)
