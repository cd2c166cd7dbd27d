"""Importing: files read as processes, and put into the working draft.

formats.py                which reader a file has; text_source.py, pdf_source.py and manuals/word give lines
reading_process.py        PDF and Word are read in a process of their own
pdf_tables.py             lines of a PDF in tables: pdf_rules.py finds those with rules, pdf_columns.py those without
mending.py                damaged Thai in the lines; page_furniture.py takes out heads and numbers of pages, of which
                          page_numbers.py tells those that are none
part_headings.py          the headings of the nine parts, under the names of part_names.py
part_lines.py             the lines of each part; process_title.py: what the process is called
label_sequence.py         which lines begin with a number; line_joining.py: which ones a page broke
                          (wrapped_lines.py tells it from their widths); footnotes.py
process_text.py           the nine parts; clause_tree.py, law_citations.py and step_table.py read them
accounting.py             how much of the file's words stands in the result (coverage.py)
matching.py               which clause of the draft, or of an edition, each line is
preview_rows.py           the rows of a preview and what may be done to them; kept_readings.py: as they are kept
found_processes.py        the processes of an upload as they stand in their previews
drafts.py                 what was read, before anything is stored
text_files.py             files of one or more processes; process_borders.py: where each begins
services/importing.py     a process put into a manual for the first time
services/receiving.py     files that are sent: kept, read, laid out as previews
services/correcting.py    acts on a preview; services/matching_rows.py compares it with the draft
services/revising.py      a process revised by a newer text: which clause became which
fixtures.py               the ten manuals of fixtures/manuals
synthetic.py              any number of processes, for benchmarks
"""
