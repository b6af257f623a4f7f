"""May this comment go to the page at once? Holds it or files it under spam, each time saying why in words."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from comments.manifest import Site
from comments.model import Draft, Kind, Policy, Reason, Verdict
