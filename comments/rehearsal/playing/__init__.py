"""The players of a rehearsal: telephones, facilitators, and what is done to them. Without Django, against this machine
alone."""
