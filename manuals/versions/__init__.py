"""What was written when: the versions of a section, the wordings of a clause, a manual as it stood on a day.

queries/sections.py            a section's versions with what each did; its clauses at one of them
queries/clauses.py             the wordings of a clause and of those it came out of
queries/days.py                the sections of a manual at the end of a day
presentation/causes.py         what a version came from, where an app above the manuals knows it
presentation/history.py        a version as a line of the list
presentation/comparison.py     two versions of a section, or what restoring one would change
presentation/wordings.py       a wording of a clause as a line of its history
presentation/days.py           the contents of a manual as they stood
access.py                      sections and clauses, with permission to read their draft
views/sections.py              the list, one version, two of them compared, restoring one
views/clauses.py  views/days.py
"""
