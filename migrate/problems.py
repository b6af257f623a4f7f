"""What can be wrong with an export as a whole."""


class Unusable(Exception):
    """An export that cannot be brought over. ``str(error)`` says where, what is wrong and what to do."""
