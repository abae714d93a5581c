"""The procedural renderer: scenes drawn with GLSL in layers of parallax, on the processor, without key or GPU."""
