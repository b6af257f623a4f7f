"""What a running service or command needs: its settings, its store and its keys."""

from comments.locks import Presence
from comments.runtime.opening import Runtime, open_runtime, utc_now
from comments.runtime.settings import SETTINGS, Setting, Settings, desk_url_of, read_settings

__all__ = [
    "SETTINGS",
    "Presence",
    "Runtime",
    "Setting",
    "Settings",
    "desk_url_of",
    "open_runtime",
    "read_settings",
    "utc_now",
]
