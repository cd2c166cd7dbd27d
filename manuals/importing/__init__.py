"""Importing: texts read as processes, and put into the working draft.

drafts.py                 what was read, before anything is stored
process_text.py           a nine-part text; step_table.py reads its part 9
part_headings.py          the headings of the nine parts, as old manuals write them
text_files.py             files of one or more processes
services/importing.py     a process put into a manual for the first time
services/revising.py      a process revised by a newer text: which clause became which
fixtures.py               the ten manuals of fixtures/manuals
synthetic.py              any number of processes, for benchmarks
"""
