"""The command line: words typed by a person become calls of the library, and its answers become text or JSON.

The only place that prints. Each command is a module, imported when it is asked for, so that `aiprod --help` is quick.
"""
