"""Clips whose speaker's lips follow the narration: faces tracked, mouths made by `models/lipsync/`, blended in without a seam."""
