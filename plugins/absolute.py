"""Safe HTML for those who read it elsewhere: every address of ours carries the site."""

import re

# A value may hold a bare ``>``, so a tag ends where its last attribute does.
_TAG = re.compile(r'<[a-z][a-z0-9]*(?:\s+[^\s="<>]+(?:="[^"]*")?)*\s*/?>')
_ADDRESS = re.compile(r'(?<=\s)(href|src)="(?=/(?!/)|#)')
_PICTURES = re.compile(r'(?<=\s)srcset="([^"]*)"')
_CANDIDATE = re.compile(r"(?:^|(?<=,)|(?<=\s))(?=/(?!/))")


def absolute(html: str, site: str, page: str) -> str:
    """``html`` with its addresses made whole: paths get ``site``, places on the page the address ``page``."""

    def address(match: re.Match[str]) -> str:
        return f'{match.group(1)}="{page if match.string[match.end()] == "#" else site}'

    def pictures(match: re.Match[str]) -> str:
        return f'srcset="{_CANDIDATE.sub(lambda _: site, match.group(1))}"'

    return _TAG.sub(lambda tag: _PICTURES.sub(pictures, _ADDRESS.sub(address, tag.group())), html)
