"""Are messages given to the right people, and how fast, among a million?  A made-up directory, and mail with the truth.

Whoever knows the truth (`names`, `firms`, `directory`, `mail`, `cases`) shares neither code nor
lists with what is measured; only what writes and measures imports the product.
"""
