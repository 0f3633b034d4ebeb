"""What happened?  Entries, threads, timelines, what is held, and the reasons in words.

May import `storage` and `mail`; `matcher` is its sibling.
"""
