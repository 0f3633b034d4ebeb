"""A year in an invented firm's post: organisations, persons, and the mail with them.

May import everything in `app`.  All domains end in `.example`, which no mail server serves.
"""
