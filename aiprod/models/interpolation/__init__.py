"""Pictures between two pictures, by a network that finds how each moves to the other."""
