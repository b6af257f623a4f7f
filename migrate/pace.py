"""How far something is, how fast it goes and how long it takes yet, in words."""

_SOON = 1.0  # seconds from the beginning before anything can be said of the end


def pace(done: int, total: int, took: float) -> str:
    """``done`` of ``total`` after ``took`` seconds, such as “40 %, about 2 minutes left, 20 % a minute”."""
    share = min(1.0, done / total) if total > 0 else 1.0
    told = f"{int(share * 100)} %"
    if not 0 < share < 1 or took < _SOON:
        return told
    return f"{told}, {_left(took / share - took)}, {_rate(share * 100 / took)}"


def _left(seconds: float) -> str:
    if seconds < 50:
        return "less than a minute left"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
    hours = round(minutes / 60)
    return f"about {hours} hour{'' if hours == 1 else 's'} left"


def _rate(a_second: float) -> str:
    of_what, rate = "hour", a_second * 3600
    for name, one in (("minute", a_second * 60), ("second", a_second)):
        if one >= 1:
            of_what, rate = name, one
    return f"{rate:.{0 if rate >= 1 else 1}f} % a{'n' * (of_what == 'hour')} {of_what}"
