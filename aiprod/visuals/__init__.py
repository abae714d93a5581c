"""Renderers: each makes the clips of a film from shots, behind `ports.Renderer`."""
