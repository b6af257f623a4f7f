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
_NAMES = {
    "post": "post",
    "page": "page",
    "attachment": "picture or file",
    "comment": "comment",
    "thread": "page with comments",
    "nav_menu_item": "menu item",
    "revision": "earlier version",
    "custom_css": "style sheet",
    "customize_changeset": "theme settings",
    "oembed_cache": "embedded copy",
    "user_request": "request about data",
    "wp_global_styles": "global styles",
    "wp_navigation": "menu",
    "wp_template": "template",
    "wp_template_part": "template part",
    "wp_font_family": "font family",
    "wp_font_face": "font",
    "wp_block": "reusable block",
    "listing": "entry of a list",
    "act": "entry of the record",
    "origin": "number on an older site",
    "brake": "brake on new comments",
    "numbers": "highest numbers",
}


def name_of_kind(kind: str) -> str:
    """The kind in plain words; of one that only the old site knows, its own name with spaces in it."""
    return _NAMES.get(kind) or " ".join(kind.replace("_", " ").replace("-", " ").split()) or "item"
