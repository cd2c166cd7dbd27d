"""Writing the working draft: the only room that changes sections and clauses.

changes.py                    what an act can change, and why it may be refused
services/apply_changes.py     one act, the only writer: lock, apply, check, record
    locking.py                the rows it holds locked, and the order of its locks
    section_writer.py         adding, revising, moving, retiring and restoring sections
    clause_writer.py          the same for clauses
    positions.py              ranks among siblings, what hangs below what
    recording.py              what the act leaves behind; blobs.py and revisions.py write parts of it
services/structure.py         splitting, joining, moving, retiring and bringing back clauses; moving sections
services/history.py           what a section said at any of its versions
services/restoring.py         making it say so again
services/manuals.py           making a manual
views.py                      the draft of a section, for those who write it and those who advise
"""
