"""What kinds of items are called in a report for people. Machines get the names that the sources have."""

# What WordPress keeps as items though no reader ever saw it as a text.
INTERNAL = {
    "nav_menu_item": "an entry of a menu; the new site has menus of its own (pelicanconf.py)",
    "revision": "an earlier version of a text",
    "custom_css": "a style sheet of the old theme",
    "customize_changeset": "settings of the old theme",
    "oembed_cache": "a copy of something embedded",
    "user_request": "a request about somebody's data",
    "wp_global_styles": "settings of the old theme",
    "wp_navigation": "a menu; the new site has menus of its own (pelicanconf.py)",
    "wp_template": "a template of the old theme",
    "wp_template_part": "a template of the old theme",
    "wp_font_family": "a font of the old theme",
    "wp_font_face": "a font of the old theme",
    "wp_block": "a reusable block; it is part of the texts that show it",
}
# One of them, and many.
_NAMES = {
    "post": ("post", "posts"),
    "page": ("page", "pages"),
    "attachment": ("picture or file", "pictures and files"),
    "comment": ("comment", "comments"),
    "thread": ("old page", "old pages with comments"),
    "nav_menu_item": ("menu item", "menu items"),
    "revision": ("earlier version", "earlier versions of texts"),
    "custom_css": ("style sheet", "style sheets"),
    "customize_changeset": ("theme settings", "theme settings"),
    "oembed_cache": ("embedded copy", "embedded copies"),
    "user_request": ("request about data", "requests about data"),
    "wp_global_styles": ("site-wide styles", "site-wide styles"),
    "wp_navigation": ("menu", "menus"),
    "wp_template": ("template", "templates"),
    "wp_template_part": ("template part", "template parts"),
    "wp_font_family": ("font family", "font families"),
    "wp_font_face": ("font", "fonts"),
    "wp_block": ("reusable block", "reusable blocks"),
    "account": ("account", "accounts"),
    "person": ("person", "people"),
    "listing": ("entry of a list", "entries of lists"),
    "subscription": ("subscription", "subscriptions"),
    "act": ("entry of the record", "entries of the record"),
    "origin": ("number on an older site", "numbers on older sites"),
    "brake": ("brake on new comments", "brakes on new comments"),
    "numbers": ("highest numbers", "highest numbers"),
}


def one_of(kind: str) -> str:
    """What an item of a kind is called."""
    return _NAMES[kind][0] if kind in _NAMES else f"item of the kind {_plain(kind)}"


def many_of(kind: str) -> str:
    """What all items of a kind are called, at the beginning of a line."""
    name = _NAMES[kind][1] if kind in _NAMES else f"items of the kind {_plain(kind)}"
    return name[:1].upper() + name[1:]


def _plain(kind: str) -> str:
    return " ".join(kind.replace("_", " ").split()) or "without a name"
