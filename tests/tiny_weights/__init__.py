"""Tiny models in the real folder layout, built from fixed seeds: for tests of the code that loads and runs real ones."""
