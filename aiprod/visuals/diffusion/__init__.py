"""The renderers `wan` and `ltx`: scenes drawn by video diffusion models on a GPU."""
