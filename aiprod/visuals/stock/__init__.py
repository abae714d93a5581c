"""The renderer of stock footage: clips that people gave to Pexels and Pixabay, found by a scene's words and credited."""
