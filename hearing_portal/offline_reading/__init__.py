"""Reading without a network what was opened once: which pages a device keeps, and its service worker.

The portal says of each answer whose device it goes to, and of a page of the reader's own groups that it may be kept;
static/js/service-worker.js keeps it, and throws all away once an answer comes to somebody else or to nobody.
"""
