"""Networks that enlarge pictures: Real-ESRGAN's two kinds, over tiles, steady from picture to picture."""
