"""What an export wrote and left out, in words with their numbers."""

# Programs that read ``--json`` know the plurals.
ONE = {
    "accounts": "account",
    "articles": "article",
    "comments": "comment",
    "comments in spam": "comment in spam",
    "comments in spam, which WordPress's own exports leave out too": (
        "comment in spam, which WordPress's own exports leave out too"
    ),
    "comments in the bin, which Disqus has no place for": "comment in the bin, which Disqus has no place for",
    "comments whose article is not public, so that Disqus could not show them": (
        "comment whose article is not public, so that Disqus could not show it"
    ),
    "comments whose text is not there any more": "comment whose text is not there any more",
    "entries of the lists": "entry of the lists",
    "erased comments, of which nothing is left but their place": (
        "erased comment, of which nothing is left but its place"
    ),
    "former numbers": "former number",
    "pages": "page",
    "people": "person",
    "pictures and files, by their addresses": "picture or file, by its address",
    "resources, which WordPress does not know": "resource, which WordPress does not know",
    "rows of the record": "row of the record",
    "subscriptions": "subscription",
    "threads": "thread",
}
ALONE = "the brake"  # of which there is one


def counted(number: int, what: str) -> str:
    """``number`` of what the formats count, such as "1 comment"."""
    if what == ALONE:
        return what
    return f"{number} {ONE[what] if number == 1 else what}"
