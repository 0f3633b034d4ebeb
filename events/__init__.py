"""Who was invited, who registered, who came?

May import `surveys` and `outbound`, and what those may; never `web` or `app`.
"""
