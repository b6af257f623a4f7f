"""A flood over the whole site: when everything is to wait, and when no longer. Nobody is refused for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from comments.manifest import Site


@dataclass(frozen=True)
class Rule:
    """So many comments within ``window`` put the brake on; fewer than that within ``quiet`` take it off."""

    comments: int
    window: timedelta
    quiet: timedelta

    @property
    def on(self) -> bool:
        return self.comments > 0

    def engages(self, came: int) -> bool:
        """``came`` counts the comments within the window, this one included."""
        return self.on and came >= self.comments

    def releases(self, since: datetime, came: int, now: datetime) -> bool:
        """``came`` counts the comments within the quiet time."""
        return not self.on or (came < self.comments and now - since >= self.quiet)


def rule_of(site: Site) -> Rule:
    """The rule as the site's settings have it. The quiet time is never shorter than the window."""
    window, quiet = timedelta(minutes=site.brake_minutes), timedelta(minutes=site.brake_quiet_minutes)
    return Rule(site.brake_comments, window, max(window, quiet))
