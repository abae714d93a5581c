"""Renderers that other people's computers serve: Veo and Gemini Omni, paid by the second."""
