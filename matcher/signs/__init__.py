"""What does a message say itself about who wrote it?  Numbers and names in its text and signature; pure."""
