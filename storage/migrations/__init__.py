"""Steps from each schema to the next, oldest first."""
