"""AIPROD turns a theme, a script or a recording into a finished short video."""

__version__ = "0.1.0"
