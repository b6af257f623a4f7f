"""Search: a question from the address, answered as a page or, while somebody types, as JSON."""

import unicodedata
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from comments import words
from comments.search.asking import LONGEST
from comments.search.find import find
from comments.search.model import Found, Question
from comments.web import forms, site
from comments.web.service import service
from comments.words import _, ngettext

search = Blueprint("search", __name__)

# As many as fit under the field.
WHILE_TYPING = 8
# Signs that turn the direction of what follows, in the sentences around them too.
_TURNS = {*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@search.get("/search/")
def show() -> Response:
    """What was found; without words the site's own search page."""
    asked = _asked()
    page = site.find(service().var / "current" / "public", "search/")
    if not asked.words and not asked.first and page is not None and not forms.wants_json():
        return site.answer(page)
    found = find(service().var / "current" / "search.db", asked)
    language = found.question.first or service().pages.site().language
    words.speak(language, service().pages.catalogues)
    response = jsonify(_told(found, language)) if forms.wants_json() else _page(found, language)
    response.vary.add("Accept")
    return response


def _asked() -> Question:
    given = request.args.get
    number = given("page", "")
    return Question(
        words=_clean(given("q", "")),
        kind=given("kind", ""),
        topic=given("topic", ""),
        language=given("language", ""),
        first=given("lang", ""),
        page=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
        **({"size": WHILE_TYPING} if forms.wants_json() else {}),
    )


def _clean(text: str) -> str:
    """The text without what cannot be shown."""
    shown = (" " if unicodedata.category(sign) in ("Cc", "Cs") or sign in _TURNS else sign for sign in text[:LONGEST])
    return "".join(shown).strip()


def _page(found: Found, language: str) -> Response:
    def address(**changes: str | int) -> str:
        return _address(found.question, **changes)

    return service().pages.page("search", _("Search"), language=language, spoken=language, found=found, address=address)


def _address(question: Question, **changes: str | int) -> str:
    """The same question with some parts changed. Whatever narrows it begins with the first page again."""
    parts = {
        "q": question.words,
        "kind": question.kind,
        "topic": question.topic,
        "language": question.language,
        "lang": question.first,
    }
    return f"/search/?{urlencode({name: value for name, value in (parts | changes).items() if value})}"


def _told(found: Found, language: str) -> dict[str, Any]:
    """What was found; and for the script the list as it is shown, and the sentence that is announced."""
    meant = _("Did you mean {words}?").format(words=found.suggestion) if found.suggestion else ""
    suggestion = (_address(Question(found.suggestion, first=found.question.first)), meant) if meant else None
    shown = {"spoken": language, "found": found, "suggestion": suggestion}
    said = ngettext("{count} result", "{count} results", found.total).format(count=found.total)
    return {
        "q": found.question.words,
        "total": found.total,
        "hits": [asdict(hit) for hit in found.hits],
        "suggestion": found.suggestion,
        "html": service().pages.fragment("_found", language=language, **shown),
        "said": said if found.total else meant or _("Nothing was found."),
    }
