"""The addresses of the API, a file a subject. Each route reads, asks the library, and presents; nothing more."""
