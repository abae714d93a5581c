"""Qwen3-TTS of 12 frames a second, in torch: text and a voice in, sound out. One file a part of it."""
