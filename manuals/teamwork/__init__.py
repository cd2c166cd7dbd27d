"""What those who draft a manual tell each other while it is written, and whom they ask; no word of the hearing.

queries/states.py       how far each process is: what was said of it, and what its words say
services/states.py      saying so
queries/notes.py        notes on clauses for those who draft; services/notes.py writes, answers and settles them
"""
