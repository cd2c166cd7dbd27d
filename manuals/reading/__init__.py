"""Reading editions and drafts: a section as a page shows it, what changed in it, a manual at a glance.

queries/sections.py            the earlier wording of a section, laws it cites, nodes it refers to
queries/overview.py            a manual's sections now and before, and the counts of their clauses
queries/editions.py            editions with the numbers of their processes
presentation/links.py          what clauses are called, their anchors, where sections are read
presentation/clauses.py        ReadClause: a clause on a page
presentation/changes.py        what changed since an earlier edition, marked in the clauses
presentation/sections.py       ReadSection: the nine parts and the flow chart
presentation/overview.py       Overview: units, processes and their changes, forms, laws
views.py  permanent_links.py   the pages
"""
