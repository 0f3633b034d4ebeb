"""The commands of `postbuch`, a file per noun.

May import everything in `app`.
"""
