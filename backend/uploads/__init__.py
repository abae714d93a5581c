"""Files that come from outside: received within limits, known by their content, looked at where they can do no harm."""
