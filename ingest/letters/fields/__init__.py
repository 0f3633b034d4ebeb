"""What stands on a letter?  Its fields out of its pages: pure, of nothing but words and their places.

May import matcher (legal forms) and mail; `of_letter.fields_of` is the way in.
"""
