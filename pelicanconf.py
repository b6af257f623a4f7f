"""The site's settings: plain data. What pages show is set here; secrets, mail and paths come from the environment."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# The plugins import their neighbours; Pelican looks for them in the folder it was started in only.
if HERE not in sys.path:
    sys.path.insert(0, HERE)

SITENAME = "Practice Notes"
SITESUBTITLE = "Counsellors who work online, writing for each other"
SITEURL = os.environ.get("PN_SITE_URL", "http://localhost:8000")
TIMEZONE = "America/Toronto"
DEFAULT_LANG = "en"

PATH = "content"
OUTPUT_PATH = "output"
DELETE_OUTPUT_DIRECTORY = False
THEME = "theme"
PLUGIN_PATHS = ["."]
PLUGINS = ["plugins.writer", "plugins.generators"]
# Pelican's own generators find nothing to publish, even should ours fail to load.
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []

# Shown with links to pages that have no picture of their own: JPEG or PNG, 1200 pixels wide and 630 high.
SITE_PICTURE = {
    "src": "media/practice-notes.png",
    "alt": "A ruled page with the words: Practice Notes. Counsellors who work online, writing for each other",
}
# Files of content/media are published where a public text uses them. These are published though none does: files, or
# folders such as "media/forms/".
PUBLIC_FILES: list[str] = []
# Smaller copies of pictures are kept here between builds. Empty: they are made anew each time.
PICTURE_CACHE = os.environ.get(
    "PN_PICTURE_CACHE", os.path.join(HERE, os.environ.get("PN_VAR", "var"), "cache/pictures")
)

# Name and year in the ids of feeds and their entries (RFC 4151). Never change it, not even when the site moves.
FEED_AUTHORITY = "practice-notes.example.org,2026"
FEED_MAX_ITEMS = 20
# The address of the terms under which articles may be passed on, such as a Creative Commons licence; or nothing.
LICENCE = ""
# What other sites call our languages when they show a link to a page (OpenGraph).
OPENGRAPH_LOCALES = {"en": "en_CA", "fr": "fr_CA"}
DEFAULT_PAGINATION = 10
HOME_ARTICLES = 6
HOME_RESOURCES = 3

NAVIGATION = [
    {"title": "Articles", "url": "/archive/"},
    {"title": "Resources", "url": "/resources/"},
    {"title": "Topics", "url": "/topics/"},
    {"title": "About", "url": "/about/"},
]
FOOTER = [
    {"title": "Authors", "url": "/authors/"},
    {"title": "Write for us", "url": "/write-for-us/"},
    {"title": "Comment policy", "url": "/comment-policy/"},
    {"title": "Privacy", "url": "/privacy/"},
    {"title": "Accessibility", "url": "/accessibility/"},
    {"title": "Feed", "url": "/feeds/articles.atom"},
]
HUB_INTRODUCTION = (
    "Guidelines, tools and readings that practitioners have used and would hand to a colleague. Each says why."
)
DISCLAIMER = "Articles belong to their authors and do not replace supervision, legal advice or care."

# Standing notices by key. `text` is Markdown; another language stands under its code.
NOTICES = {
    "views-personal": {
        "title": "Personal views",
        "text": (
            "The views expressed are personal. They are not those of the author’s employer, college or association, "
            "nor of Practice Notes."
        ),
        "fr": {
            "title": "Opinions personnelles",
            "text": (
                "Les opinions exprimées sont personnelles. Elles n’engagent ni l’employeur, ni l’ordre, ni "
                "l’association de l’auteur, ni Practice Notes."
            ),
        },
    },
    "help-lines": {
        "title": "Help lines",
        "text": (
            "**If you need to talk to someone now, please do not wait for a reply here.** In Canada, call or text "
            "[9-8-8](id:988-canada) at any hour. Elsewhere, [Find A Helpline](id:find-a-helpline) lists people to "
            "talk to by country. In danger, call the emergency number where you are."
        ),
        "fr": {
            "title": "Lignes d’aide",
            "text": (
                "**Si vous avez besoin de parler à quelqu’un maintenant, n’attendez pas une réponse ici.** Au Canada, "
                "appelez ou textez le [9-8-8](id:988-canada) à toute heure. Ailleurs, "
                "[Find A Helpline](id:find-a-helpline) indique qui joindre dans chaque pays. En cas de danger, "
                "composez le numéro d’urgence local."
            ),
        },
    },
}
DEFAULT_NOTICES = ["views-personal"]

# The link check (`python3 tasks.py links`) and what it remembers; pages say where a link may be gone.
LINKS_FILE = os.path.join(
    os.environ.get("PN_VAR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "var"), "links.json"
)
LINKS_ALWAYS_OK = ["youtube.com", "youtu.be", "vimeo.com"]  # they answer 200 to everything
LINKS_EXCLUDE: list[str] = []  # hosts, or beginnings of addresses, that are never asked

# How replies are taken. These reach the comment service through the manifest only.
CLOSE_COMMENTS_AFTER = ""  # such as "90 days"
COMMENTS = {
    "require_name_email": True,
    "comment_limit": 10_000,
    "hold": "first",  # "first": a first comment waits; "all": every one; "none": only what a check holds
    "max_links": 2,
    "held_words": [],
    "disallowed_words": [],
    "flood_seconds": 15,
    "letters": True,  # whether readers may ask for letters about answers, and when their own comment is published
    "policy_path": "/comment-policy/",
    "privacy_path": "/privacy/",
}
