"""Taking editions in from files."""
