"""What the views work with. The app makes it once; a view asks for it with ``service()``."""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import Flask, current_app

from comments.actions.context import Context
from comments.actions.publish import Publisher
from comments.thread.render import Renderer
from comments.web.pages import Pages

KEY = "practice-notes"


@dataclass(frozen=True)
class Service:
    """``site_url`` is the site's address from configuration, never from a request, without a slash at the end.

    ``desk_url`` is the desk's, the same where it has no host name of its own. ``var`` is the installation's folder.
    """

    context: Context
    publisher: Publisher
    pages: Pages
    renderer: Renderer
    site_url: str
    desk_url: str
    var: Path
    development: bool = False

    @property
    def desk_apart(self) -> bool:
        """Whether the desk has a host name of its own."""
        return self.desk_url != self.site_url

    @property
    def secure(self) -> bool:
        """Whether the public reaches the site over https; a proxy may speak plain http to us all the same."""
        return self.site_url.startswith("https://")

    def cookie(self, name: str) -> str:
        """The cookie's full name: over https the prefix makes browsers hold it to this host, path / and https."""
        return f"__Host-{name}" if self.secure else name


def install(app: Flask, own: Service) -> None:
    app.extensions[KEY] = own


def service() -> Service:
    """The service of the app that answers the current request."""
    return cast(Service, current_app.extensions[KEY])
