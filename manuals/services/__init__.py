"""Acts on the manuals: verb_noun functions with the actor named, all through apply_changes."""
