"""The embedded cloud: one SQLite file in WAL mode and a folder of objects.

Keeps the promises of Firestore, Cloud Storage, Pub/Sub and Cloud Run jobs on one machine: documents with versions,
immutable objects announced when final, events delivered at least once with leases, back-off and dead letters, jobs as
child processes. Several processes may share it, and any of them may be killed at any instruction.
"""
