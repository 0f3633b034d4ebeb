"""What is kept?  Tables, blobs, jobs, and the queries on them.

May import `mail`.  The only package that knows the object-relational mapper:
those above it ask in the words of the domain.
"""
