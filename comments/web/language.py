"""The language of an answer: the site's, until a view knows whose article it is about and speaks that one's."""

from flask import Flask

from comments import words
from comments.web.service import service


def install(app: Flask) -> None:
    app.before_request(speak_the_sites)
    app.teardown_request(lambda _error: words.fall_silent())  # the thread answers somebody else next


def speak_the_sites() -> None:
    """What is said before a view knows better."""
    pages = service().pages
    words.speak(pages.site().language, pages.catalogues)
