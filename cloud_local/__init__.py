"""Google Cloud on one machine: emulators, the functions under their real server, a scheduler, and jobs as processes.

A tool for developers and tests; neither the library nor any image carries it.
"""
