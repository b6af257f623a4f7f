"""JSON Schemas for every type of linked data that the site writes. Strict: what is not named here may not be there."""

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

Shape = dict[str, Any]

formats = FormatChecker(())


@formats.checks("address", ValueError)
def is_address(value: object) -> bool:
    parts = urlsplit(str(value))
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"\\^`{|}]", str(value))


@formats.checks("moment", ValueError)
def is_moment(value: object) -> bool:
    return datetime.fromisoformat(str(value)).tzinfo is not None and "T" in str(value)


@formats.checks("day", ValueError)
def is_day(value: object) -> bool:
    return date.fromisoformat(str(value)).isoformat() == value


TEXT: Shape = {"type": "string", "minLength": 1, "pattern": r"^[^\u0000-\u001f<>]*[^\s]$"}
ANY_TEXT: Shape = {"type": "string", "minLength": 1}
ADDRESS: Shape = {"type": "string", "format": "address"}
MOMENT: Shape = {"type": "string", "format": "moment"}
DAY: Shape = {"type": "string", "format": "day"}
ISSUED: Shape = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}
LANGUAGE: Shape = {"enum": ["en", "fr"]}
COUNT: Shape = {"type": "integer", "minimum": 0}
YES_OR_NO: Shape = {"type": "boolean"}
REFERENCE: Shape = {
    "type": "object",
    "properties": {"@id": ADDRESS},
    "required": ["@id"],
    "additionalProperties": False,
}


def a(name: str) -> Shape:
    return {"$ref": f"#/$defs/{name}"}


def some(shape: Shape) -> Shape:
    return {"type": "array", "items": shape, "minItems": 1}


def one_of(*shapes: Shape) -> Shape:
    return {"oneOf": list(shapes)}


def node(kind: str | list[str], required: Shape, optional: Shape | None = None) -> Shape:
    members = {"@type": {"const": kind}, **required, **(optional or {})}
    return {
        "type": "object",
        "properties": members,
        "required": ["@type", *required],
        "additionalProperties": False,
    }


PLACE: Shape = {"@id": ADDRESS, "url": ADDRESS, "name": TEXT}
PAGE: Shape = {**PLACE, "inLanguage": LANGUAGE, "isPartOf": REFERENCE, "breadcrumb": REFERENCE}
REVIEW: Shape = {"description": TEXT, "lastReviewed": DAY, "reviewedBy": a("Signature")}
SITE: Shape = {**PLACE, "inLanguage": LANGUAGE, "publisher": REFERENCE}
SIGNED: Shape = {
    "@id": ADDRESS,
    "headline": TEXT,
    "url": ADDRESS,
    "inLanguage": LANGUAGE,
    "datePublished": MOMENT,
    "author": some(a("Signature")),
}
WORK: Shape = {"@id": ADDRESS, "name": TEXT, "url": ADDRESS}
WORK_MORE: Shape = {"sameAs": ADDRESS, "author": some(one_of(a("Writer"), a("Body"))), "datePublished": ISSUED}
LEARNING: Shape = {
    **WORK,
    "description": TEXT,
    "inLanguage": LANGUAGE,
    "learningResourceType": TEXT,
    "isAccessibleForFree": YES_OR_NO,
    "conditionsOfAccess": TEXT,
    "audience": some(node("Audience", {"audienceType": TEXT})),
    "about": some(a("Term")),
}
LEARNING_MORE: Shape = {
    **WORK_MORE,
    "identifier": some(node("PropertyValue", {"propertyID": {"enum": ["DOI", "ISBN"]}, "value": TEXT})),
    "editor": some(one_of(a("Writer"), a("Body"))),
    "publisher": a("Body"),
}
IN_A_WORK: Shape = {
    "isPartOf": {"anyOf": [a(name) for name in ("Issue", "Volume", "Periodical", "WholeBook", "Whole")]}
}
PAGES: Shape = {"pagination": TEXT, "pageStart": TEXT, "pageEnd": TEXT}
ISBN: Shape = {"type": "string", "pattern": r"^(97[89]\d{10}|\d{9}[\dX])$"}
PRIMARY: dict[str, Shape] = {
    "DigitalDocument": IN_A_WORK,
    "Book": {**IN_A_WORK, "isbn": ISBN, "bookEdition": TEXT},
    "Chapter": {**IN_A_WORK, **PAGES},
    "Article": {**IN_A_WORK, **PAGES},
    "ScholarlyArticle": {**IN_A_WORK, **PAGES},
    "SoftwareApplication": IN_A_WORK,
    "Course": IN_A_WORK,
    "WebSite": IN_A_WORK,
    "VideoObject": IN_A_WORK,
    "PodcastSeries": IN_A_WORK,
    "PodcastEpisode": {"partOfSeries": node("PodcastSeries", {"name": TEXT})},
}

DEFS: dict[str, Shape] = {
    "Body": node("Organization", {"name": TEXT}),
    "Signature": node("Person", PLACE),
    "Writer": node("Person", {"name": TEXT}, {"givenName": TEXT, "familyName": TEXT}),
    "Credential": node(
        "EducationalOccupationalCredential",
        {"credentialCategory": TEXT},
        {"recognizedBy": a("Body"), "identifier": TEXT},
    ),
    "Term": node("DefinedTerm", PLACE, {"termCode": TEXT, "description": TEXT, "inDefinedTermSet": REFERENCE}),
    "Step": node("ListItem", {"position": COUNT, "name": TEXT, "item": ADDRESS}),
    "Listed": node("ListItem", {"position": COUNT, "name": TEXT, "url": ADDRESS}),
    "List": node("ItemList", {"@id": ADDRESS, "numberOfItems": COUNT}, {"itemListElement": some(a("Listed"))}),
    "Picture": node("ImageObject", {"url": ADDRESS}, {"width": COUNT, "height": COUNT, "caption": TEXT}),
    "Post": node("BlogPosting", SIGNED),
    "Cited": {"anyOf": [node(kind, WORK, WORK_MORE) for kind in PRIMARY]},
    "Periodical": node("Periodical", {"name": TEXT}),
    "Volume": node("PublicationVolume", {"volumeNumber": TEXT, "isPartOf": a("Periodical")}),
    "Issue": node("PublicationIssue", {"issueNumber": TEXT, "isPartOf": one_of(a("Volume"), a("Periodical"))}),
    "WholeBook": node("Book", {"name": TEXT}, {"isbn": ISBN, "editor": some(one_of(a("Writer"), a("Body")))}),
    "Whole": node("CreativeWork", {"name": TEXT}),
    "Comment": node(
        "Comment",
        {"@id": ADDRESS, "url": ADDRESS, "author": a("Writer"), "dateCreated": MOMENT, "text": ANY_TEXT},
        {"dateModified": MOMENT, "inLanguage": LANGUAGE, "parentItem": REFERENCE, "comment": some(a("Comment"))},
    ),
    "Person": node(
        "Person",
        PLACE,
        {
            "honorificSuffix": TEXT,
            "description": TEXT,
            "image": one_of(ADDRESS, a("Picture")),
            "sameAs": some(ADDRESS),
            "memberOf": some(a("Body")),
            "hasCredential": some(a("Credential")),
        },
    ),
    "Publisher": node("Organization", PLACE),
}

# The types that stand in a page's graph by themselves.
TOP: dict[str, Shape] = {
    "BlogPosting": node(
        "BlogPosting",
        {
            **SIGNED,
            "author": some(a("Person")),
            "description": TEXT,
            "dateModified": MOMENT,
            "publisher": a("Publisher"),
            "isPartOf": some(one_of(REFERENCE, node("CreativeWorkSeries", {"name": TEXT}))),
            "mainEntityOfPage": REFERENCE,
            "articleSection": some(TEXT),
            "about": some(a("Term")),
            "wordCount": COUNT,
            "timeRequired": {"type": "string", "pattern": r"^PT[1-9]\d*M$"},
            "isAccessibleForFree": YES_OR_NO,
        },
        {
            "keywords": some(TEXT),
            "image": one_of(ADDRESS, a("Picture")),
            "license": ADDRESS,
            "citation": some(a("Cited")),
        },
    ),
    "WebPage": node("WebPage", PAGE, {**REVIEW, "mainEntity": REFERENCE}),
    "HomePage": node("WebPage", {key: shape for key, shape in PAGE.items() if key != "breadcrumb"}, REVIEW),
    "AboutPage": node("AboutPage", PAGE, REVIEW),
    "ProfilePage": node(
        "ProfilePage", {**PAGE, "mainEntity": a("Person")}, {"description": TEXT, "hasPart": some(a("Post"))}
    ),
    "CollectionPage": node(
        "CollectionPage", {**PAGE, "mainEntity": a("List")}, {"description": TEXT, "about": a("Term")}
    ),
    "BreadcrumbList": node("BreadcrumbList", {"@id": ADDRESS, "itemListElement": some(a("Step"))}),
    "DefinedTermSet": node("DefinedTermSet", {"@id": ADDRESS, "name": TEXT, "hasDefinedTerm": some(a("Term"))}),
    "Organization": a("Publisher"),
    "WebSite": node(
        "WebSite",
        SITE,
        {
            "description": TEXT,
            "potentialAction": node(
                "SearchAction",
                {
                    "target": node(
                        "EntryPoint", {"urlTemplate": {"type": "string", "pattern": r"\?q=\{search_term_string\}$"}}
                    ),
                    "query-input": {"const": "required name=search_term_string"},
                },
            ),
        },
    ),
    "Blog": node("Blog", SITE, {"blogPost": some(a("Post"))}),
    **{
        f"{kind} LearningResource": node([kind, "LearningResource"], LEARNING, {**LEARNING_MORE, **more})
        for kind, more in PRIMARY.items()
    },
    # What the service says of an article: its comments, on the same @id.
    "Thread": {
        "allOf": [
            node(
                "BlogPosting",
                {
                    "@context": {"const": "https://schema.org"},
                    "@id": ADDRESS,
                    "commentCount": {"type": "integer", "minimum": 1},
                    "comment": some(a("Comment")),
                },
            )
        ]
    },
}


def name_of(item: dict[str, Any]) -> str:
    """The name of the shape that a node of a graph must have."""
    kind = item["@type"]
    if kind == "WebPage" and "breadcrumb" not in item:
        return "HomePage"
    return kind if isinstance(kind, str) else " ".join(kind)


def problems(item: dict[str, Any], name: str = "") -> list[str]:
    """What is wrong with a node, in words; nothing, when it has the shape of its type."""
    shape = {**TOP[name or name_of(item)], "$defs": DEFS}
    found = Draft202012Validator(shape, format_checker=formats).iter_errors(item)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in found]
