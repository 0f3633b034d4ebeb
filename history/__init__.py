"""What happened?  The contact history: entries, timelines, what is held.

May import `storage` and `mail`; never its sibling `matcher`.
"""
