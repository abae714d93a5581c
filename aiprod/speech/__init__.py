"""Speech: voices, when each word is said, what was said.

One file an engine; all of them speak what `spoken/` says that a written text sounds like.
"""
