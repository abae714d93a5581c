"""Weights read from files: strictly into torch modules, and rewritten from one library's form into another's."""
