"""Forest: a glade between tall trees, light falling in behind them. Pine, birch, leaf trees, bamboo or toadstools."""

from dataclasses import replace

import numpy as np

from aiprod.visuals.motion.archetypes.tones import STONE, WOOD, Leafage, has_flowers, leafage_of, season_of
from aiprod.visuals.motion.cards import rocks, trees, undergrowth, warm
from aiprod.visuals.motion.cards.stock import CardSet, Material, Planting, Stand
from aiprod.visuals.motion.ground import Earth, Floats, Shadow
from aiprod.visuals.motion.layers import Mist, PlaneOptions, Sway
from aiprod.visuals.motion.light import Colour, Mood, mixed, scaled, srgb
from aiprod.visuals.motion.planting import Patch, scatter
from aiprod.visuals.motion.setting import Setting
from aiprod.visuals.motion.spec import SceneSpec
from aiprod.visuals.motion.world import World


class Forest:
    """A glade, the camera low among grass and fern."""

    def setting(self, spec: SceneSpec) -> Setting:
        phase = (spec.variant * 1.7 + spec.seed % 7) % 6.28

        def heights(x: Floats, z: Floats) -> Floats:
            rise = 0.16 * np.sin(x * 0.55 + z * 0.21 + phase) + 0.10 * np.sin(x * 1.3 - z * 0.4 + 1.0)
            banks = 0.05 * np.abs(x) * np.clip((z - 3) / 12, 0, 1)
            return np.asarray(rise + banks + 0.018 * np.maximum(z - 8, 0))

        return Setting(
            eye_height=1.35,
            horizon=-0.20,
            reach=1.3,
            fog=0.019,
            fog_fall=0.13,
            stage_near=3.6,
            stage_far=26.0,
            heights=heights,
            clouds=0.7,
            leaf_light=1.3,
        )

    def mood(self, spec: SceneSpec, mood: Mood) -> Mood:
        sun_at = {"day": (0.16, 0.42), "golden": (0.12, 0.24), "dawn": (-0.16, 0.22), "sunset": (0.1, 0.10)}
        green = scaled(srgb(128, 150, 128), max(mood.fog[1] * 1.9, 0.02))
        bent = replace(mood, sun_at=sun_at.get(spec.time_of_day, mood.sun_at), fog=mixed(mood.fog, green, 0.35))
        if spec.time_of_day == "day":
            return replace(
                bent,
                rays=0.75,
                threshold=0.75,
                fog_sun=srgb(226, 228, 190),
                ambient=(0.26, 0.34, 0.34),
                exposure=0.92,
                key=0.75,
            )
        return replace(bent, rays=min(mood.rays * 1.2, 1.0), sun_size=min(mood.sun_size, 0.035))

    def build(self, world: World) -> None:
        spec = world.spec
        season = season_of(spec)
        leafage = leafage_of(season)
        kind = _kind(spec)
        if kind == "pine" and season == "autumn":
            leafage = replace(leafage, tree=(srgb(26, 40, 24), srgb(128, 122, 52), srgb(196, 126, 44)))
        _Glade(world, leafage, kind, season).build()


def _kind(spec: SceneSpec) -> str:
    if spec.flora in ("bamboo", "birch", "pine", "broadleaf", "mushroom", "cherry"):
        return spec.flora
    return ("pine", "broadleaf", "pine", "birch")[spec.variant % 4]


class _Glade:
    """The building of one forest."""

    def __init__(self, world: World, leafage: Leafage, kind: str, season: str) -> None:
        self.world, self.leafage, self.kind, self.season = world, leafage, kind, season
        self.stage = world.stage
        pick = int(world.random.integers(0, 3))
        bare = season == "winter" and kind in ("broadleaf", "cherry", "birch")
        self.tall = self._tall(pick, bare)
        self.trunks = world.cards([trees.trunk(pick + i) for i in range(3)], self._wooden())
        self.grass = world.cards([undergrowth.grass(i) for i in range(5)], self._leafy(leafage.grass, contact=0.5))
        if has_flowers(world.spec):
            petals = [(srgb(130, 30, 60), srgb(250, 150, 190)), (srgb(150, 120, 20), srgb(255, 232, 120))][pick % 2]
            self.grass = world.cards(
                [undergrowth.meadow(i) for i in range(5)],
                replace(self._leafy(leafage.grass), second_dark=petals[0], second_light=petals[1]),
            )
        self.fern = world.cards([undergrowth.fern(i) for i in range(4)], self._leafy(leafage.low, rim=0.45))
        self.bush = world.cards([undergrowth.bush(i) for i in range(4)], self._leafy(leafage.low, rim=0.45))
        self.rock = world.cards(
            [rocks.rock(i, season == "winter") for i in range(4)],
            Material(
                dark=srgb(150, 165, 185),
                light=srgb(235, 240, 248),
                second_dark=STONE[0],
                second_light=STONE[1],
                rim=0.35,
            ),
        )
        self.framing = world.cards(
            [undergrowth.framing_leaves(i) for i in range(2)],
            self._leafy((scaled(leafage.low[0], 0.5), scaled(leafage.low[1], 0.45))),
        )
        self.caps = (
            world.cards(
                [undergrowth.mushrooms(i) for i in range(3)],
                Material(
                    dark=srgb(90, 80, 62),
                    light=srgb(236, 226, 200),
                    second_dark=srgb(80, 10, 8),
                    second_light=srgb(214, 44, 28),
                    rim=0.5,
                    glow=(0.10, 0.32, 0.40) if world.mood.night else (0.0, 0.0, 0.0),
                ),
            )
            if kind == "mushroom"
            else None
        )

    def build(self) -> None:
        world, stage = self.world, self.stage
        wide = 1.0 if self.kind == "bamboo" else 0.0
        thin = 0.72 if self.kind in ("birch", "cherry", "broadleaf") else 1.0
        far = self._patch(44, 90, int(90 * thin), 13.0, gap=1.2)
        shadows = [Shadow(s.x, s.z, 0.5 + s.height * 0.035, 0.65) for s in self._near_trees()]
        world.ground(
            Earth(
                low=self.leafage.earth[0],
                high=self.leafage.earth[1],
                patch=self.leafage.earth[2],
                dapple=0.75 if not world.mood.night else 0.4,
                sparkle=0.5 if self.season == "winter" else 0.0,
            ),
            shadows,
            far=95,
        )
        mist = world.mood.thickness
        self._band(
            60, [far, self._bushes(40, 44, 90, 2.0)], Sway(amount=0.0010, start=0.4, waves=20), 0.80 * mist, 20.0
        )
        mid = self._patch(26, 44, int(44 * thin), 12.0, gap=2.4)
        self._band(
            34,
            [mid, self._bushes(24, 26, 44, 1.8, gap=1.0)],
            Sway(amount=0.0014, start=0.4, waves=14, phase=1),
            0.62 * mist,
            11.0,
        )
        inner = self._patch(16, 26, int(24 * thin + 20 * wide), 10.5, gap=2.7 - 0.9 * wide)
        grass = self._blades(70, 16, 26, 0.55)
        self._band(
            20,
            [inner, self._bushes(20, 16, 26, 1.3, gap=0.9), grass],
            Sway(amount=0.0022, start=0.4, waves=9, phase=2),
            0.45 * mist,
            6.0,
        )
        low = [
            (self.tall, self._near_trees()),
            self._bushes(14, 10, 15, 0.95, gap=1.0),
            self._ferns(26, 9.5, 15, 0.85, 0.4),
            self._blades(120, 9, 15, 0.45),
        ]
        self._band(11.5, low, Sway(amount=0.003, start=0.42, waves=7, phase=3), 0.24 * mist, 4.0)
        behind, before = max(stage.z + 0.15, 4.2), max(stage.z - 0.12, 2.6)
        around = world.clearing()
        middle = [
            self._ferns(24, behind + 0.3, 9.6, 0.8, 0.5),
            self._blades(190, behind, 9.6, 0.34),
            (self.rock, self._rocks(behind + 0.5)),
        ]
        if self.caps is not None:
            middle.append(scatter(world, self.caps, Patch(near=behind + 0.2, far=9.0, count=10, height=0.9, gap=0.35)))
        self._band(max(behind + 1.0, 7.2), middle, Sway(amount=0.0038, start=0.36, waves=6, phase=4), 0.14 * mist, 2.0)
        front = [self._blades(200, 3.6, before, 0.27, around), self._ferns(14, 3.6, before, 0.6, 0.6)]
        if self.caps is not None:
            front.append(scatter(world, self.caps, Patch(near=3.4, far=before, count=5, height=0.5, gap=0.5)))
        self._band(min(4.6, before), front, Sway(amount=0.004, start=0.1, waves=7, phase=5), 0.04 * mist, 0.8)
        lowest = world.height_at(0.0, 2.6)
        edge = [
            Stand(side * world.half_width(z) * reach, lowest - 0.12, z, 0.62, i, 0.7, side < 0)
            for i, (side, z, reach) in enumerate(
                ((-1, 2.9, 0.82), (1, 3.0, 0.88), (-1, 3.2, 0.5), (1, 3.3, 0.62), (-1, 2.5, 1.0), (1, 2.4, 1.0))
            )
        ]
        blades = self._blades(120, 2.2, min(3.6, before), 0.25)
        world.band(
            2.9,
            [(self.fern, edge), blades],
            PlaneOptions(sway=Sway(amount=0.005, start=0.05, waves=5, phase=6), resolution=0.8, soften=1.6),
        )
        self._frame_picture()

    def _near_trees(self) -> list[Stand]:
        """The few trees that stand between glade and thicket; asked twice, answered alike."""
        random = np.random.default_rng(self.world.spec.seed + 17)
        stands = []
        for i in range(round((8 if self.kind != "bamboo" else 16) * self.world.fullness)):
            z = random.uniform(10.5, 15.0)
            side = -1 if i % 2 else 1
            gap = 2.0 if self.kind == "bamboo" else 3.0
            x = side * random.uniform(gap, max(self.world.half_width(z) + 1.5, gap + 1))
            tall = {"bamboo": 13.0, "pine": 9.0}.get(self.kind, 8.0) * random.uniform(0.8, 1.25)
            stands.append(
                Stand(
                    x,
                    self.world.height_at(x, z) - 0.2,
                    z,
                    tall,
                    int(random.integers(6)),
                    random.uniform(0.75, 1.1),
                    bool(i % 3),
                    random.random(),
                )
            )
        return stands

    def _frame_picture(self) -> None:
        """Something dark and soft close by on one side or both, for depth."""
        world = self.world
        half, seed = world.half_width(2.4), world.spec.seed
        top = 1.35 + (1.0 - world.setting.horizon) * 2.4 / world.setting.focal
        stands: list[Planting] = []
        if self.kind == "bamboo":
            culms = world.cards(
                [warm.bamboo(i) for i in range(3)],
                self._leafy((srgb(8, 20, 12), srgb(44, 70, 30)), wood=(srgb(10, 22, 12), srgb(50, 74, 36))),
            )
            stands.append(
                (
                    culms,
                    [
                        Stand(-half * 0.86, -0.6, 2.3, 4.6, 0, 0.55),
                        Stand(half * 0.92, -0.6, 2.5, 4.8, 1, 0.55, mirrored=True),
                    ],
                )
            )
        elif seed % 3 != 0:
            side = -1 if seed % 2 else 1
            dark = world.cards([trees.trunk(1)], self._wooden(0.4))
            stands.append((dark, [Stand(side * half * 0.98, -0.4, 2.3, 5.0, 0, 0.6, side < 0)]))
        stands.append(
            (
                self.framing,
                [
                    Stand(-half * 0.72, top - 0.62, 1.9, 0.8, 0, 0.5),
                    Stand(half * 0.78, top - 0.66, 2.0, 0.8, 1, 0.5, mirrored=True),
                ],
            )
        )
        world.band(
            2.2, stands, PlaneOptions(sway=Sway(amount=0.005, start=0.3, waves=4, phase=7), resolution=0.5, soften=5.0)
        )

    def _tall(self, pick: int, bare: bool) -> CardSet:
        world, (dark, light, other) = self.world, self.leafage.tree
        if self.kind == "bamboo":
            material = self._leafy((srgb(18, 46, 24), srgb(120, 158, 62)), wood=(srgb(26, 52, 26), srgb(132, 164, 84)))
            return world.cards([warm.bamboo(i) for i in range(6)], material)
        if bare:
            return world.cards([trees.bare_tree(pick + i) for i in range(4)], self._wooden())
        if self.kind == "birch":
            material = Material(
                dark=dark,
                light=mixed(light, srgb(190, 190, 70), 0.35),
                alternative=other,
                second_dark=srgb(60, 56, 54),
                second_light=srgb(232, 228, 218),
                rim=0.6,
            )
            return world.cards([trees.birch(pick + i) for i in range(5)], material)
        if self.kind == "cherry":
            material = Material(
                dark=srgb(150, 70, 104),
                light=srgb(255, 198, 218),
                alternative=srgb(255, 226, 236),
                second_dark=WOOD[0],
                second_light=WOOD[1],
            )
            return world.cards([trees.broadleaf(pick + i) for i in range(4)], material)
        if self.kind in ("broadleaf", "mushroom"):
            material = Material(dark=dark, light=light, alternative=other, second_dark=WOOD[0], second_light=WOOD[1])
            return world.cards([trees.broadleaf(pick + i) for i in range(4)], material)
        material = Material(
            dark=mixed(dark, srgb(12, 30, 30), 0.5),
            light=mixed(light, srgb(70, 106, 70), 0.5),
            alternative=other,
            second_dark=WOOD[0],
            second_light=WOOD[1],
            rim=0.5,
        )
        return world.cards([trees.conifer(pick + i) for i in range(5)], material)

    def _leafy(
        self,
        tones: tuple[Colour, Colour],
        *,
        rim: float = 0.55,
        contact: float = 0.35,
        wood: tuple[Colour, Colour] = WOOD,
    ) -> Material:
        return Material(
            dark=tones[0], light=tones[1], second_dark=wood[0], second_light=wood[1], rim=rim, contact=contact
        )

    def _wooden(self, bright: float = 1.0) -> Material:
        moss = (srgb(24, 40, 20), srgb(84, 110, 50))
        return Material(
            dark=moss[0],
            light=moss[1],
            second_dark=scaled(WOOD[0], bright),
            second_light=scaled(WOOD[1], bright),
            rim=0.7,
        )

    def _patch(self, near: float, far: float, count: int, height: float, gap: float) -> Planting:
        tall = height * {"bamboo": 1.3, "broadleaf": 0.86, "mushroom": 0.9, "cherry": 0.7, "birch": 0.95}.get(
            self.kind, 1.0
        )
        return scatter(
            self.world, self.tall, Patch(near=near, far=far, count=count, height=tall, spread=0.25, gap=gap, hue=0.5)
        )

    def _bushes(self, count: int, near: float, far: float, height: float, gap: float = 0.0) -> Planting:
        return scatter(self.world, self.bush, Patch(near=near, far=far, count=count, height=height, gap=gap, widen=1.5))

    def _ferns(self, count: int, near: float, far: float, height: float, gap: float) -> Planting:
        return scatter(
            self.world, self.fern, Patch(near=near, far=max(far, near + 0.3), count=count, height=height, gap=gap)
        )

    def _blades(
        self, count: int, near: float, far: float, height: float, clear: tuple[float, float, float] | None = None
    ) -> Planting:
        return scatter(
            self.world,
            self.grass,
            Patch(near=near, far=max(far, near + 0.2), count=count, height=height, clear=clear, widen=1.15),
        )

    def _rocks(self, z: float) -> list[Stand]:
        random = self.world.random
        side = 1 if random.random() < 0.5 else -1
        return [
            Stand(
                self.stage.x + side * random.uniform(0.9, 1.6),
                self.world.height_at(side, z) - 0.12,
                z,
                random.uniform(0.5, 0.9),
                0,
            ),
            Stand(
                self.stage.x - side * random.uniform(1.1, 2.2),
                self.world.height_at(-side, z) - 0.1,
                z + 1.2,
                random.uniform(0.4, 0.7),
                1,
                1.0,
                mirrored=True,
            ),
        ]

    def _band(self, depth: float, plantings: list[Planting], sway: Sway, mist: float, mist_height: float) -> None:
        drifting = Mist(density=min(mist, 1.1), speed=0.004 + 0.10 / depth, seed=depth * 0.37, height=mist_height)
        self.world.band(
            depth, plantings, PlaneOptions(sway=sway, mist=drifting, ground=self.world.height_at(0.0, depth))
        )
