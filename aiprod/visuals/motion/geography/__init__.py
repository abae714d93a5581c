"""The Earth as maps show it: real coasts, borders, relief and colours, a camera over a globe, pins and routes.

`data/` is baked by scripts/build-atlas. Knows no archetype: `archetypes/map.py` puts it on the screen.
"""
