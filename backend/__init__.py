"""The API of the web. Knows HTTP, and asks the library for everything else."""
