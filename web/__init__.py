"""What do people see?  Pages for staff, and the API.

Thin: a page asks `history` and `storage` in the words of the domain, and shows.
May import all but `app`; knows no query.
"""
