"""Reads, draws, mixes and writes media files; the only users of ffmpeg."""
