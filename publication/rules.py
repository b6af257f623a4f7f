"""What the checker looks for: each rule by its name, and whether breaking it stops the build.

A problem is what a reader would meet broken, or what would be published wrongly; advice is everything else worth
knowing. Programs that read ``check --json`` may rely on the names.
"""

from typing import Final, Literal

Severity = Literal["problem", "advice"]

PROBLEMS: Final = {
    "file": "a file that cannot be read, or that nobody reads",
    "front-matter": "keys and values of the front matter",
    "address": "two things that want one address, or one that belongs to the site",
    "addresses-file": "content/addresses.yml",
    "id": "two texts with one id, or an id used again",
    "vanished": "a published text whose file is gone",
    "unknown-name": "an author, topic, resource or notice that does not exist",
    "date": "dates that contradict each other",
    "no-text": "a published text without words",
    "no-source": "a resource that leads nowhere",
    "missing-file": "a picture or other file that is not there",
    "topic-tree": "topics above themselves",
    "series": "two texts with one place in a series",
    "tag": "one tag written in two ways",
    "alt-text": "a picture without words for those who do not see it",
    "heading": "headings out of order, empty, or of the first level",
    "footnote": "footnotes without a text, or with two",
    "link": "a link that leads nowhere",
    "anchor": "a link to a part of a page that is not there",
    "link-text": "a link without words",
    "doubled-id": "one id for two places of a text",
    "rendering": "a text that cannot be made into a page",
}

ADVICE: Final = {
    "title": "two public texts of one kind with one title",
    "review-due": "a review that has fallen due",
    "title-alike": "titles that differ little",
    "title-long": "a title that search engines and cards will cut",
    "summary": "a summary that says what the title said",
    "same-source": "two resources that lead to one place",
    "vague-link-text": "a link whose words do not say where it leads",
    "address-as-link-text": "a link whose words are its address",
    "former-address": "a link to an address that has moved within the site",
    "list-gone": "former addresses of a list that is not made any more, whose readers another page gets",
    "own-address": "a link to our own page by its whole address",
    "footnote-unused": "a footnote that the text never refers to",
    "left-behind": "a picture that did not come along from the old site, and words in its place",
    "unused-file": "a file that no text uses, and that is not published therefore",
    "site-link": "a link of the settings that leads nowhere",
    "link-gone": "an outside link that has not answered for days",
    "link-failing": "an outside link that did not answer this time",
    "link-back": "an outside link that answers again",
    "link-moved": "an outside link that leads on to another address for good",
}


def severity(rule: str) -> Severity:
    """Whether breaking ``rule`` stops the build."""
    return "advice" if rule in ADVICE else "problem"
