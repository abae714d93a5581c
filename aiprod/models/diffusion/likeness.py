"""A picture drawn after another: denoising that begins late, from the other picture with noise over it.

Knows the mixing of the flow that all families here are trained on (noise and picture on a straight line); what is fixed in the
other picture at that level of noise stays (who is seen, in which colours), what is finer follows the prompt.
"""

from collections.abc import Sequence

from aiprod.models.diffusion.family import VIDEO, Family, Start
from aiprod.models.diffusion.orders import Order

MOST_NOISE = 0.95
"""Through more of it nothing of the other picture shows, however many steps are left out: some models' first ones take hardly
any away."""


def begin(family: Family, orders: Sequence[Order]) -> Start:
    """The start of alike orders: noise, or noise over the pictures that they are to be like."""
    import torch

    start, first = family.begin(orders), orders[0]
    if first.like is None:
        return start
    clean = torch.cat([family.latents_of(order.like, order) for order in orders if order.like is not None])
    noise = [float(share) for share in start.solvers[VIDEO].sigmas[: first.steps]]
    shown = next((step for step, share in enumerate(noise) if share <= MOST_NOISE), first.steps)
    begun = min(first.steps - 1, max(shown, round(first.likeness * first.steps)))
    for solver in start.solvers.values():
        solver.set_begin_index(begun)
    noise_share = noise[begun]
    start.streams[VIDEO] = noise_share * start.streams[VIDEO] + (1 - noise_share) * clean
    start.begun = begun
    return start
