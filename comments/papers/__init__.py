"""The papers that must be written after a hearing, made from its data: the report, each group's summary, a letter
to each office, minutes, the list of registered people, the announcement. Of each an office may give its own form."""
