"""The render job: claims clips that wait, alone or several that can share a batch, and has a renderer draw them."""
