"""Script models: where a film's words come from (a file, a language model, an encyclopedia, a recording).

Each module is one source; all give `aiprod.story.Script`. Nothing is imported here, so that a command which needs no
writer pays for none.
"""
