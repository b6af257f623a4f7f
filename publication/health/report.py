"""What a round of looking at links has to say: what is new, and how things stand."""

import json
from collections.abc import Mapping

from publication.health.rounds import Outcome
from publication.health.state import Link
from publication.problems import Problem, quoted

OFFLINE = (
    "Nothing answered: this machine seems to be offline. "
    "No link was counted as failing; run this again when you are online."
)


def about(url: str, link: Link) -> tuple[str, str, str]:
    """What, cure and rule for a link that is gone, or leads on for good."""
    if link.gone:
        what = f"The link {quoted(url)} has not answered well since {link.failures[0][:10]} ({link.reason})"
        return what, f"Look for its new address or a copy at https://web.archive.org/web/*/{url}", "link-gone"
    return f"The link {quoted(url)} leads on for good", f"Write {link.moved}", "link-moved"


def news(before: Mapping[str, Link], outcome: Outcome) -> list[Problem]:
    """What this round found that was not known before, in the order of the files."""
    found = []
    for url, link in outcome.links.items():
        said = _new(url, before.get(url, Link()), link)
        if said and link.files:
            file, _, line = link.files[0].rpartition(":")
            what, cure, rule = said
            more = f" (and in {len(link.files) - 1} more places)" if len(link.files) > 1 else ""
            found.append(Problem(file, int(line), what + more, cure, rule))
    return sorted(found)


def _new(url: str, old: Link, new: Link) -> tuple[str, str, str] | None:
    if new.gone and not old.gone:
        return about(url, new)
    if new.failures and not old.failures:
        what = f"The link {quoted(url)} did not answer well ({_reason(new)})"
        return (
            what,
            "It is asked for again daily; after three failures over three days readers are told.",
            "link-failing",
        )
    if old.failures and not new.failures:
        return f"The link {quoted(url)} answers again", "There is nothing to do.", "link-back"
    if new.moved and new.moved != old.moved:
        return about(url, new)
    return None


def as_lines(before: Mapping[str, Link], outcome: Outcome) -> str:
    """For people."""
    if outcome.is_offline:
        return OFFLINE
    lines = [f"{one.file}:{one.line}: {one.what}. {one.cure}" for one in news(before, outcome)]
    return "\n".join([*lines, summary(outcome)])


def as_json(before: Mapping[str, Link], outcome: Outcome) -> str:
    """For machines."""
    fields = ("file", "line", "rule", "what", "cure")
    answer = {
        "offline": outcome.is_offline,
        "asked": list(outcome.asked),
        "news": [{field: getattr(one, field) for field in fields} for one in news(before, outcome)],
        "gone": [url for url, link in outcome.links.items() if link.gone],
        "failing": [url for url, link in outcome.links.items() if link.failures and not link.gone],
        "links": len(outcome.links),
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def summary(outcome: Outcome) -> str:
    """How things stand, in two sentences."""
    links = outcome.links.values()
    gone = sum(link.gone for link in links)
    failing = sum(bool(link.failures) and not link.gone for link in links)
    well = sum(200 <= (link.status or 0) < 300 for link in links)
    untold = len(outcome.links) - gone - failing - well
    stopped = "Stopped; what was found is kept. " if outcome.was_stopped else ""
    return (
        f"{stopped}{len(outcome.links)} outside links, {len(outcome.asked)} asked for now. "
        f"Answering: {well}. Failing, but not for long: {failing}. Perhaps gone: {gone}. Cannot be told: {untold}."
    )


def _reason(link: Link) -> str:
    return f"{link.status} {link.reason}" if link.status else link.reason
