"""Prompts understood and written: what a text is about, and a picture's prompt for a sentence, in six languages."""

from aiprod.prompts.analysis import PromptFacts, SeenSubject, analyse
from aiprod.prompts.figures import Figure
from aiprod.prompts.gazetteer import Place
from aiprod.prompts.visual import leading_subject, visual_prompt

__all__ = ["Figure", "Place", "PromptFacts", "SeenSubject", "analyse", "leading_subject", "visual_prompt"]
