"""What speaks for a participant being somebody?  One file a rule; `order` lists them."""
