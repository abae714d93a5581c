"""Cards: pictures of trees, plants and rocks, drawn once with Skia from a number, and how they stand in a band.

A picture's channels are not colours: R is the light the painter gave a spot, G its material (0 leaf, 1 wood or stone),
B how much light comes through or catches its rim, A coverage (premultiplied). Colours come from a `Material`, so one
pine serves summer, winter, dawn and night. Painters know no scene; `stock.py` uploads, places and draws.
"""
