"""Pages where manuals are made and files are taken in."""
