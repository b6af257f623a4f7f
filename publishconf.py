"""Settings on a server: those of ``pelicanconf.py``, with the public address required."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pelicanconf import *  # noqa: F403 - everything else is the same
from pelicanconf import SITEURL

SITEURL = os.environ.get("PN_SITE_URL", SITEURL)
if not SITEURL.startswith("https://"):
    sys.exit("Set PN_SITE_URL to the public address of the site, such as https://notes.example.org, then build again.")
