"""Shortcodes that show something from elsewhere, as a plain link to it."""

import html
import re

from migrate.hrefs import split

# Name of the shortcode → where the things it shows have their pages; empty where it must name the whole address.
_PAGES = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "dailymotion": "https://www.dailymotion.com/video/{}",
    "ted": "https://www.ted.com/talks/{}",
    "gist": "https://gist.github.com/{}",
    "scribd": "https://www.scribd.com/document/{}",
    "wpvideo": "https://videopress.com/v/{}",
    "videopress": "https://videopress.com/v/{}",
    "polldaddy": "https://poll.fm/{}",
    "crowdsignal": "https://poll.fm/{}",
    "archiveorg": "https://archive.org/details/{}",
    "twitter": "https://twitter.com/i/status/{}",
    "tweet": "https://twitter.com/i/status/{}",
}
_PAGES |= dict.fromkeys(
    ["codepen", "facebook", "flickr", "googleapps", "googlemaps", "googlevideo", "hulu", "instagram", "kickstarter"], ""
)
_PAGES |= dict.fromkeys(["medium", "mixcloud", "pinterest", "slideshare", "soundcloud", "spotify"], "")
_PAGES |= dict.fromkeys(
    ["twitchtv", "vr", "dewplayer", "tiktok", "reddit", "imgur", "issuu", "bandcamp", "kaltura"], ""
)
# Where a frame shows something → the page it has for readers.
_EMBEDS = (
    (
        re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]{5,20})(?:[?&].*)?"),
        _PAGES["youtube"],
    ),
    (re.compile(r"(?:https?:)?//player\.vimeo\.com/video/([0-9]+)(?:\?.*)?"), _PAGES["vimeo"]),
    (re.compile(r"(?:https?:)?//www\.dailymotion\.com/embed/video/(\w+)(?:\?.*)?"), _PAGES["dailymotion"]),
)
_PLAYER = re.compile(
    rf"(?<!\[)\[(?P<name>{'|'.join(_PAGES)})(?P<more>(?:[\s=:][^\[\]]*)?)/?\](?:(?P<inner>[^\[\]<>]{{1,300}})\[/(?P=name)\])?"
)
_ADDRESS = re.compile(r"https?://[^\s\"'<>\]]+")
_ID = re.compile(r"""(?:^|\b(?:id|v|video|poll|tweet)\s*=\s*)["']?([A-Za-z0-9_-]{1,60})["']?(?:\s|$)""")


def as_links(text: str) -> str:
    """``text`` with the shortcodes of known players as links; one that names nothing stays."""
    return _PLAYER.sub(_link, text)


def page_of(address: str) -> str:
    """The page of what a frame shows from ``address``; where none is known, that address."""
    found = next((page.format(match[1]) for frame, page in _EMBEDS if (match := frame.fullmatch(address))), address)
    return f"https:{found}" if found.startswith("//") else found


def name_of(address: str) -> str:
    """What to call something at ``address`` that has no name: its file, else where it is."""
    parts = split(address)
    file = parts.path.rpartition("/")[2]
    return file if "." in file else (parts.hostname or "").removeprefix("www.") or file or address


def _link(match: re.Match[str]) -> str:
    given = html.unescape(f"{match['more'].lstrip(' =:').rstrip(' /')} {match['inner'] or ''}").strip()
    found = _ADDRESS.search(given)
    if found:
        address = re.sub("&(?:amp;)?[wh]=[0-9]+", "", found[0])
    else:
        number = _ID.search(given)
        page = _PAGES[match["name"]]
        if not number or not page:
            return match[0]
        address = page.format(number[1])
    plain = html.escape(address)
    return f'\n\n<p><a href="{plain}">{plain}</a></p>\n\n'
