"""What stands between a comment and the page besides its form: care, lists, the same words elsewhere, the filter, and
the brake for the whole site. The rules are in ``comments.checks``; here the facts are read and the state is kept.
"""
