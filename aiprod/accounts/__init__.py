"""Who may ask for films: users, passwords, sessions, keys of programs, access codes, quotas. Knows documents, no web."""
