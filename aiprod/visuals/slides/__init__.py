"""Scenes in flat paper layers, painted with Skia on the processor, for machines without OpenGL."""
