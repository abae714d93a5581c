"""Weights and neural models: the registry that fetches them, and the only code that imports torch."""
