"""Acting: every change is made by somebody, in one transaction, and leaves a line in the log of acts.

kinds.py declares what can be done, services.py does it, history.py tells simple-history who did it, models.py keeps
the log. Knows nobody above: who acts and what is acted on come from the apps that act.
"""
