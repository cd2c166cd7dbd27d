"""Everything the portal knows about Thai script, words, numbers and dates. Imports no app, no Django."""
