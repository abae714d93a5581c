"""Weights rewritten from one library's form into another's."""
