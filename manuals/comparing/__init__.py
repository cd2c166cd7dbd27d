"""Comparing the whole book: two editions, or an edition and the working draft.

fates.py                    what became of a clause or a process, each counted once
sides.py                    what is compared; access.py lets in who may read both
queries/nodes.py            the nodes that differ, by one full join over identities and hashes
queries/section_facts.py    what differs in what a section says of itself, and in where it stands
queries/processes.py        which process became which, by identity, lineage and where clauses went
queries/reasons.py          why clauses and processes were changed between the two sides
services.py                 telling afterwards why a process was dropped
presentation/book.py        counts by group
presentation/group.py       what differs in one manual: marked words, both wordings, the reason
presentation/sentences.py   the same as sentences of amendment, in official Thai
presentation/amended_names.py    what a clause is called in them, and how its words are quoted
presentation/official_words.py   the words they quote, and the sentences of shapes, branches and audiences
presentation/sheet.py       the table of three columns as a spreadsheet
presentation/processes.py   the table of processes with its counts; process_sheet.py is the spreadsheet
views/                      the pages of clauses, and of processes
"""
