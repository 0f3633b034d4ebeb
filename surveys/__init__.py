"""What did we ask, and what did they answer?

May import `outbound` and what that may; never `events`, `web` or `app`.
"""
