"""Clips made larger and smoother than they were drawn: by a network of `models/upscale/`, or by Lanczos where that is better."""
