"""How the store's tables came to be what they are: one revision for each change, never edited.

`HEAD` is the newest one. Revisions expand first and contract a release later, so that service
processes of the release before go on working beside new ones; a revision that contracts writes
the oldest release that may still serve into `meta.oldest_shape`.
"""

HEAD = "0007"
