"""What `postbuch doctor` looks at, a file per part of the world.

May import everything in `app`.
"""
