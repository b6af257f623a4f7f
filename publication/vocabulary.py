"""The closed vocabularies of the front matter: key → name for readers, in the order they are offered.

The names are English message ids; whoever shows them translates them. Nothing else knows these words.
"""

from typing import Final


def _(message: str) -> str:
    """Marks a name for the catalogs; it is translated where it is shown."""
    return message


STATUSES: Final = {
    "draft": _("Draft"),
    "review": _("In review"),
    "published": _("Published"),
    "withdrawn": _("Withdrawn"),
}

# What a text is at a given moment: the statuses, and what the clock makes of "published".
STATES: Final = STATUSES | {"scheduled": _("Scheduled"), "expired": _("Expired")}

LANGUAGES: Final = {"en": "English", "fr": "Français"}

COMMENTS: Final = {
    "open": _("Open"),
    "first": _("A first reply waits for approval"),
    "held": _("Every reply waits for approval"),
    "closed": _("Closed"),
    "off": _("Off"),
}

KINDS: Final = {
    "guideline": _("Guideline"),
    "book": _("Book"),
    "chapter": _("Chapter"),
    "article": _("Article"),
    "research": _("Research"),
    "tool": _("Tool"),
    "course": _("Course"),
    "organisation": _("Organisation"),
    "video": _("Video"),
    "podcast": _("Podcast"),
}

AUDIENCES: Final = {
    "practitioners": _("Practitioners"),
    "students": _("Students"),
    "supervisors": _("Supervisors"),
    "clients": _("Clients"),
    "organisations": _("Organisations"),
}

ACCESS: Final = {
    "free": _("Free"),
    "registration": _("Free with registration"),
    "paid": _("Paid"),
}

# The ways a list of resources can be narrowed: field of the record → name. Each is a folder of addresses.
FACETS: Final = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "audience": _("Audience"),
    "language": _("Language"),
    "access": _("Access"),
}

# The orders of the hub besides that by title. Each has pages, in a folder beside those of the facets.
ORDERS: Final = {
    "year": _("Year"),
    "newest": _("Newest review"),
}

CSL_TYPES: Final = (
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "book",
    "broadcast",
    "chapter",
    "document",
    "entry",
    "legislation",
    "motion_picture",
    "paper-conference",
    "post-weblog",
    "report",
    "software",
    "song",
    "standard",
    "thesis",
    "webpage",
)
