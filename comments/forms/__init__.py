"""Forms of the hearing: they clean into domain types; their save() calls the verb."""
