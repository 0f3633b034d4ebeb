"""What may programs ask and tell?  The API under /api/v1: operations, problems, and the document of both.

An area is one file with its operations, and one line in `web.api.areas`.
"""
