"""Video diffusion: Wan, LTX-Video and LTX-2 through diffusers' networks, one denoising loop of ours around them."""
