"""The overlap register: tasks and forms that two groups claim, or a group and an outside agency, or nobody; with what
shows it, how it was settled, and what the similarity search over all manuals proposes."""
