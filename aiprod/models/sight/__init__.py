"""Models that look at the pictures of clips and judge them; on the processors, without torch."""
