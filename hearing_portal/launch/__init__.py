"""What stands behind `./portal`: environment checks, the private database, the processes.

Nothing here imports Django except `prepare` and `web`, which run in processes of their own.
"""
