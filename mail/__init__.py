"""What is a message?  Values, pure and sync: nothing here reads a file, a socket or a table.

May import the standard library and third-party parsers, and nothing of ours.
"""
