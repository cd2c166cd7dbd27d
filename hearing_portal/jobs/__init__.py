"""Long work: what a person asked for, how far it is, and the files it made."""
