"""Writing the working draft: the only room that changes sections and clauses.

changes.py                    what an act can change, and why it may be refused
step_table.py                 the table of steps as a person hands it in; step_merging.py makes one of two people's,
                              step_lacks.py says what it lacks
part_kinds.py, place.py       what may stand in which part; where a clause to come will stand
promises.py                   words that comments were promised, as an app above hands them in
cutting.py                    a clause's words cut into several clauses, or two put together
services/apply_changes.py     one act, the only writer: lock, apply, check, record
    locking.py                the rows it holds locked, and the order of its locks
    section_writer.py         adding, revising, moving, retiring and restoring sections
    clause_writer.py          the same for clauses
    positions.py              ranks among siblings, what hangs below what
    recording.py              what the act leaves behind; blobs.py and revisions.py write parts of it
services/editing.py           saving what was written in the editor; buffers.py keeps what is not saved yet
services/saving_steps.py      saving the table of steps as one act
services/clause_files.py      keeping the file of a form or a figure
forms/clause_forms.py         which form a clause has: tables, citations and files have their own
services/structure.py         splitting, joining, moving, retiring and bringing back clauses; moving sections
    shifting.py               one place up or down, one level in or out; neighbours.py says past whom
services/sections.py          adding, copying, revising, retiring and bringing back sections
services/history.py           what a section said at any of its versions
services/restoring.py         making it say so again; undoing.py undoes one's last act
services/manuals.py           making a manual
queries/                      how far the draft is, what is unsaved, what a form begins with, what stands beside what
presentation/                 the desk around a section, the page of a clause or an act, a conflict of two people
views/reading.py              the draft of a section, for those who write it and those who advise
views/clause.py               writing one clause; the address where the page keeps what is typed
views/step_table.py           filling in the table of steps; the chart drawn beside it
views/structure.py            arranging clauses, and undoing; sections.py arranges the contents of a manual
"""
