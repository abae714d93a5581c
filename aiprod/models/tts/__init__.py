"""Networks that speak, in torch. One file a part of a network; their weights come through the registry."""
