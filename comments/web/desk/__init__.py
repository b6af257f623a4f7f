"""The desk, under ``/desk/``: where comments are read and decided on."""

from datetime import timedelta

from flask import Blueprint, Flask

from comments.web.desk import (
    acts,
    articles,
    comment,
    insights,
    items,
    letters,
    lists,
    marks,
    moments,
    people,
    problems,
    publication,
    queue,
    record,
    second_step,
    settings,
    words,
    writer,
)
from comments.web.desk.door import DeskCookie, csrf, guard
from comments.web.service import service
from comments.words import gettext, ngettext

# As long as a sign-in lasts without a click.
FORM_LIFE = timedelta(hours=12)


def register(app: Flask) -> None:
    """Put the desk into the app: its cookie, its forms' tokens, its templates and pages.

    Call it after ``service.install``. ``login.register`` adds the door.
    """
    with app.app_context():
        app.secret_key = service().context.vault.bucket("desk cookie")
    app.session_interface = DeskCookie()
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=int(FORM_LIFE.total_seconds()),
    )
    csrf.init_app(app)
    set_up_templates(app)
    app.register_blueprint(make_blueprint())


def make_blueprint() -> Blueprint:
    """All pages that need a sign-in, and the desk's static files."""
    desk = Blueprint("desk", __name__, url_prefix="/desk", template_folder="../../templates")
    rooms = (queue, writer, comment, acts, insights, articles, publication, record, lists, letters)
    for room in (*rooms, people, second_step, settings):
        room.register(desk)
    guard(desk)
    problems.install(desk)
    return desk


def set_up_templates(app: Flask) -> None:
    """Translations, and what the desk's templates may ask for."""
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    install = environment.install_gettext_callables  # type: ignore[attr-defined]  # added by the extension
    install(gettext, ngettext, newstyle=True)
    environment.globals |= {"when": moments.when, "date": moments.date, "words": words}
    environment.globals["paragraphs"] = items.paragraphs
    environment.globals["marked"] = marks.marked
    environment.globals["site_address"] = lambda: service().site_url if service().desk_apart else ""
