"""An edition printed as a book: the only room that knows WeasyPrint and pikepdf.

    edition → BookSource → chunks as HTML → printed chunks → one PDF

    sources.py         an edition gathered into a BookSource (book_source.py)
    book.py            `print_book`: the one call that does all the rest
    documents.py       the book as a list of chunks (chunks.py), each an HTML document:
      front_matter.py      cover, foreword, contents, and the stamps of every page
      group_opening.py     the pages of a group around its processes
      process.py           a process: parts 1 to 8; summary_table.py part 9 (summary_shapes.py its chart column),
                           charts.py the flow chart of part 6
      clauses.py           the words of an entry as HTML; clause_words.py says which words those are
      typesetter.py        digits of the reader, references
      templates.py         the documents' templates, templates/pdf
    comparison.py      what differs between two editions (comparison_source.py), in the same way: as marked words, as
                       the table of three columns, as amending sentences
    render_pool.py     many documents by worker processes; chunk_cache.py keeps what did not change
    render.py          one document by WeasyPrint → PDF and manifest.py (what stands where)
      fitting.py           the chart cut to the room it finds, tables ended at their rows
      line_breaks.py       terms kept whole at the ends of lines
      text_layer.py        the cure of WeasyPrint's Thai text; structure.py that of its structure tree
      fetcher.py           what a document may read
    assemble.py        the printed chunks joined by pikepdf:
      page_numbers.py      the number of every page
      page_overlay.py      numbers, stamps and thumb tabs laid over the pages
      book_fonts.py        one font program for each weight; book_structure.py one structure tree

A clause that was edited is printed again with its process alone: a chunk knows no page number.
"""
