"""The rehearsal of a hearing day: what is seeded into a portal of its own, who plays in it, and the sheet at the end.

`./portal rehearse` starts it (hearing_portal/launch/rehearsing.py). The players (`playing`) stand in a process of their
own, know no Django, and reach the portal as telephones do.
"""
