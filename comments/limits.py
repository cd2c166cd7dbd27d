"""The hearing's limits, each once. Lengths are code points; product.md, "Rules of the hearing"."""

TEXT_LIMIT = 4000  # of a comment, an objection, the reason of a decision
REASON_MINIMUM = 20  # of a decision's reason: a reason nobody can learn from is none
SHORT_REASON_LIMIT = 500  # of the reason for hiding, re-classing, pausing or closing
SUMMARY_LIMIT = 12_000  # of a conclusion: about four pages
DOCUMENT_MEGABYTES = 20  # of a document of a hearing
# Days from the publication of an answer; a hearing has its own number, or none
LONGEST_OBJECTION_TIME = 60
AGENCY_LIMIT = 200  # of the name of an outside agency
SPLIT_LIMIT = 200  # of the words that say at which step two groups part
