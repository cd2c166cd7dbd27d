"""Reading the hearing: rows and counts for pages; nothing here writes."""
