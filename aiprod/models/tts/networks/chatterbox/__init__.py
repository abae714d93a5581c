"""Chatterbox, in torch: text and a voice in, sound out. One file a part of it."""
