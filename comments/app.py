"""Wires the service together. It decides nothing: what a setting means is decided where it is used."""

import logging
import os
import signal
import sys
from types import FrameType
from urllib.parse import urlsplit

from flask import Flask
from waitress import create_server
from waitress.server import BaseWSGIServer, MultiSocketServer
from werkzeug.middleware.proxy_fix import ProxyFix

from comments.actions import news, retention
from comments.actions.context import Context
from comments.actions.guard import brake
from comments.actions.publish import Publisher
from comments.actions.timer import make_timer
from comments.actions.web_root import current_manifest
from comments.mail.outbox import open_outbox
from comments.manifest import Manifest
from comments.runtime import Runtime, desk_url_of
from comments.runtime.rehearsing import sweep
from comments.thread.render import Renderer
from comments.web import desk, errors, guard, headers, hosts, language, login, logs
from comments.web import service as services
from comments.web.background import Background, Chore
from comments.web.mine import own
from comments.web.moderate import moderate
from comments.web.pages import Pages
from comments.web.preview import preview
from comments.web.privacy import privacy
from comments.web.public import public
from comments.web.reload import reload
from comments.web.search import search
from comments.web.service import Service
from comments.web.site import site
from comments.web.subscriptions import subscriptions

BODY_LIMIT = 256 * 1024  # 10 000 characters of Chinese are 90 kB in a form
# Above the app's own limit, so that what is too long is told by a page of the site; from here on waitress hangs up.
SERVER_BODY_LIMIT = 2 * 1024 * 1024
MAX_FORM_PARTS = 100
SWEEP_SECONDS = 5
MAIL_SECONDS = 5
PURGE_SECONDS = 3600
CLOCK_SECONDS = 5
BRAKE_SECONDS = 30
THREADS = 8


def create_app(runtime: Runtime, *, development: bool = False) -> Flask:
    """The site, the comment service and the desk as one WSGI app. Nothing runs in the background yet.

    :raise Misconfigured: no release was published, so neither the site's address nor its threads are known; or the
        desk's address does not go with it.
    """
    app = Flask(__name__, static_folder=None, template_folder=None)
    own_service = make_service(runtime, development=development)
    configure(app, own_service)
    services.install(app, own_service)
    for part in (logs, language, hosts, guard, headers, errors):
        part.install(app)
    for blueprint in (public, own, moderate, privacy, subscriptions, search, preview, site):
        app.register_blueprint(blueprint)
    if development:
        app.register_blueprint(reload)
    desk.register(app)
    login.register(app)
    return app


def make_service(runtime: Runtime, *, development: bool) -> Service:
    """What the views work with, for this installation and its current release.

    :raise Misconfigured: as ``create_app``.
    """
    renderer = Renderer(runtime.theme)

    def manifest() -> Manifest:
        return current_manifest(runtime.var)

    publisher = Publisher(runtime.var, runtime.store, renderer, runtime.clock)
    context = Context(
        store=runtime.store,
        vault=runtime.vault,
        tokens=runtime.tokens,
        publisher=publisher,
        clock=runtime.clock,
        manifest=manifest,
        settings=runtime.settings,
    )
    site_url = runtime.settings.site_url or manifest().site.url
    return Service(
        context=context,
        publisher=publisher,
        pages=Pages(runtime.theme, runtime.var, manifest, reload=development),
        renderer=renderer,
        site_url=site_url,
        desk_url=desk_url_of(runtime.settings, site_url),
        var=runtime.var,
        development=development,
    )


def configure(app: Flask, own: Service) -> None:
    """The limits of a request, and whom it may believe."""
    settings = own.context.settings
    names = [urlsplit(address).hostname or "" for address in dict.fromkeys((own.site_url, own.desk_url))]
    app.config.update(
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        MAX_FORM_PARTS=MAX_FORM_PARTS,
        TRUSTED_HOSTS=[*names, *guard.LOOPBACK] if own.development else names,
    )
    app.json.sort_keys = False  # type: ignore[attr-defined]  # of Flask's default provider
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # Flask's own way


def start_background(app: Flask) -> Background:
    """Start what the service does by itself. Stop it before the runtime is closed."""
    own_service: Service = app.extensions[services.KEY]
    ctx = own_service.context
    outbox = open_outbox(
        store=ctx.store,
        vault=ctx.vault,
        tokens=ctx.tokens,
        settings=ctx.settings,
        var=own_service.var,
        manifest=ctx.manifest,
        clock=ctx.clock,
    )
    background = Background(
        (
            Chore("pages", SWEEP_SECONDS, own_service.publisher.publish_due),
            Chore("news", MAIL_SECONDS, lambda: news.announce(ctx)),
            Chore("letters", MAIL_SECONDS, outbox.send_due),
            Chore("purge", PURGE_SECONDS, lambda: _purge(own_service)),
            Chore("brake", BRAKE_SECONDS, lambda: brake.look(ctx)),
            *clock_chore(own_service),
        )
    )
    background.start()
    return background


def _purge(own_service: Service) -> None:
    """Forget what is old, and what a rehearsal that was killed had copied: it may have been erased since."""
    sweep(own_service.var)
    retention.purge(own_service.context, "service")


def clock_chore(own_service: Service) -> list[Chore]:
    """Publishing what the clock makes due. While developing, whoever builds at every save does that too."""
    ctx = own_service.context
    timer = make_timer(own_service.var, ctx.settings.publish_command, ctx.clock, os.environ, sys.executable)
    if timer is None or own_service.development:
        return []
    return [Chore("clock", CLOCK_SECONDS, timer.look, timer.stop)]


def open_server(app: Flask, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    """The app behind waitress, listening; ``run()`` answers.

    :raise OSError: the port is taken.
    """
    own_service: Service = app.extensions[services.KEY]
    return create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=SERVER_BODY_LIMIT,
        # waitress would drop what proxies say; with proxies set, ProxyFix decides how much of it is believed.
        clear_untrusted_proxy_headers=not own_service.context.settings.proxies,
    )


def serve(runtime: Runtime, host: str, port: int, development: bool) -> None:
    """Serve until SIGINT or SIGTERM; what is in flight then is finished, and the runtime closed.

    :raise Misconfigured: as ``create_app``.
    :raise OSError: the port is taken.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s", stream=sys.stderr)
    # At a lower level waitress logs paths, and with them tokens.
    logging.getLogger("waitress").setLevel(logging.WARNING)
    with runtime:
        app = create_app(runtime, development=development)
        server = open_server(app, host, port)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        background = start_background(app)
        try:
            server.run()  # on KeyboardInterrupt it lets its threads finish what they answer, up to 5 s
        finally:
            background.stop()
            server.close()


def _stop(_number: int, _frame: FrameType | None) -> None:
    # waitress finishes its work on this one only; without a handler SIGTERM would cut answers off, and SIGINT go
    # unheard in what a shell put into the background.
    raise KeyboardInterrupt
