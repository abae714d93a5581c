"""What is written over a scene: figures, names, titles, charts; one drawing for every renderer.

`writing.write_scene` makes the graphics of a spec. `sheets.py` lays them over the motion engine's picture as textures
that are painted again only when they change; `writing.paint_all` draws them on a canvas. Knows no archetype.
"""
