"""Reading editions and drafts: a section as a page shows it, what changed in it, a manual at a glance.

names.py                       what a reference calls a clause, at home and elsewhere
told_words.py                  the names of all that a page refers to, and words with them put in
queries/sections.py            the earlier wording of a section, laws it cites
queries/cited.py               what references lead to, in editions and right after an act
queries/overview.py            a manual's sections now and before, and the counts of their clauses
queries/editions.py            editions with the numbers of their processes
presentation/links.py          anchors, where sections and the targets of references are read
presentation/clauses.py        ReadClause: a clause on a page
presentation/changes.py        what changed since an earlier edition, marked in the clauses
presentation/sections.py       ReadSection: the nine parts and the flow chart
presentation/overview.py       Overview: units, processes and their changes, forms, laws
views.py  permanent_links.py   the pages
"""
