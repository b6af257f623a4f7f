"""The site's settings: plain data. What pages show is set here; secrets, mail and paths come from the environment."""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# The plugins import their neighbours; Pelican looks for them in the folder it was started in only.
if HERE not in sys.path:
    sys.path.insert(0, HERE)

# The name of the publication, on every page and in every letter.
SITENAME = "Practice Notes"
# One line under the name.
SITESUBTITLE = "Counsellors who work online, writing for each other"
# Scheme and host of the public site, no slash at the end; PN_SITE_URL says it on a server.
SITEURL = os.environ.get("PN_SITE_URL", "http://localhost:8000")
# The zone of every date that is written without an offset.
TIMEZONE = "America/Toronto"
# The language of the site: en or fr. An article can have another one.
DEFAULT_LANG = "en"

# Where the texts are, under the folder of this file.
PATH = "content"
# Where the built pages go; `release` takes them from there.
OUTPUT_PATH = "output"
# Leave it: pages that did not change are not written again.
DELETE_OUTPUT_DIRECTORY = False
# The folder of the theme; PN_THEME names the same one to the comment service.
THEME = "theme"
# Leave it: where Pelican looks for the plugins.
PLUGIN_PATHS = ["."]
# Leave it: what makes the pages.
PLUGINS = ["plugins.writer", "plugins.generators"]
# Pelican's own generators find nothing to publish, even should ours fail to load.
ARTICLE_PATHS: list[str] = []
# Nor any pages of its own.
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
# Articles in a feed.
FEED_MAX_ITEMS = 20
# The address of the terms under which articles may be passed on, such as a Creative Commons licence; or nothing.
LICENCE = ""
# What other sites call our languages when they show a link to a page (OpenGraph).
OPENGRAPH_LOCALES = {"en": "en_CA", "fr": "fr_CA"}
# Articles on one page of a list.
DEFAULT_PAGINATION = 10
# Articles on the first page of the site, under the leading one.
HOME_ARTICLES = 6
# Resources on the first page of the site.
HOME_RESOURCES = 3

# The menu at the head of every page.
NAVIGATION = [
    {"title": "Articles", "url": "/archive/"},
    {"title": "Resources", "url": "/resources/"},
    {"title": "Topics", "url": "/topics/"},
    {"title": "About", "url": "/about/"},
]
# The menu at the foot of every page.
FOOTER = [
    {"title": "Authors", "url": "/authors/"},
    {"title": "Write for us", "url": "/write-for-us/"},
    {"title": "Comment policy", "url": "/comment-policy/"},
    {"title": "Privacy", "url": "/privacy/"},
    {"title": "Accessibility", "url": "/accessibility/"},
    {"title": "Feed", "url": "/feeds/articles.atom"},
]
# The words over the resources.
HUB_INTRODUCTION = (
    "Guidelines, tools and readings that practitioners have used and would hand to a colleague. Each says why."
)
# The sentence under every article.
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
# Keys of the notices that an article carries when it names none.
DEFAULT_NOTICES = ["views-personal"]

# The link check (`python3 tasks.py links`) and what it remembers; pages say where a link may be gone.
LINKS_FILE = os.path.join(
    os.environ.get("PN_VAR") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "var"), "links.json"
)
LINKS_ALWAYS_OK = ["youtube.com", "youtu.be", "vimeo.com"]  # hosts that answer 200 to everything
LINKS_EXCLUDE: list[str] = []  # hosts, or beginnings of addresses, that are never asked

CLOSE_COMMENTS_AFTER = ""  # how long an article takes comments, such as "90 days"; empty: always
# How replies are taken. These reach the comment service through the manifest only.
COMMENTS = {
    "require_name_email": True,  # whether a comment needs a name and an address
    "comment_limit": 10_000,  # characters of a comment; 10,000 at most
    "hold": "first",  # "first": a first comment waits; "all": all; "none": what a check holds; "closed": no replies
    "max_links": 2,  # a comment with so many links waits; 0: links do not matter
    "held_words": [],  # a comment with one of these in text, name, address or website waits
    "disallowed_words": [],  # a comment with one of these is filed under spam
    "flood_seconds": 15,  # seconds between two comments of one person or network
    "brake_comments": 30,  # so many on the whole site within brake_minutes, and every one waits; 0: never
    "brake_minutes": 10,  # the time over which the brake counts
    "brake_quiet_minutes": 30,  # until fewer than that came within so many minutes
    "bayes": 50,  # decisions of each kind the spam filter needs before it judges; 0 switches it off
    "bayes_hold": 0.9,  # how likely spam must be for a comment to wait …
    "bayes_spam": 0.999,  # … and to be filed under spam
    "letters": True,  # whether readers may ask for letters about answers, and when their own comment is published
    "policy_path": "/comment-policy/",  # the page with the rules, named at the form; empty: none
    "privacy_path": "/privacy/",  # the page on privacy, named at the form; empty: none
}
