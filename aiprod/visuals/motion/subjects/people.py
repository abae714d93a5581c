"""Who a person is: looks varied from a seed, and what each role wears.

Knows roles, epochs, given names and how some famous people looked. Knows no picture; `figure.py` builds rigs from it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal, TypeAlias
from zlib import crc32

import numpy as np

from aiprod.prompts.lexicon import people, phrase_key
from aiprod.visuals.motion.subjects.ink import Colour, colour, mix

Garment: TypeAlias = Literal["shirt", "jacket", "suit", "coat", "robe", "dress", "tunic", "toga", "armour", "cuirass",
    "uniform", "fur", "spacesuit", "wetsuit", "apron"]  # fmt: skip
Hat: TypeAlias = Literal["none", "crown", "tiara", "nemes", "laurel", "galea", "helm", "viking", "kabuto", "steel",
    "bicorne", "tricorne", "sailor", "fedora", "climber", "toque", "hardhat", "fire", "peaked", "aviator", "bubble",
    "mask", "hood", "wizard", "cowboy", "turban", "tophat", "straw", "beret", "feather"]  # fmt: skip
Hair: TypeAlias = Literal["short", "side", "curly", "bald", "grey", "long", "bun", "bob", "ponytail", "wavy", "afro", "scarf"]
Beard: TypeAlias = Literal["none", "moustache", "short", "full"]
Prop: TypeAlias = Literal["none", "sword", "spear", "staff", "sceptre", "book", "flask", "brush", "guitar", "pick",
    "axe", "bow", "cane", "quill", "crook", "wrench", "ball", "telescope", "rifle", "fork", "rod"]  # fmt: skip

SKINS: Final = tuple(colour(tone) for tone in ("f6d2b5", "efc09a", "e2a87c", "c88a5e", "a56d45", "7f5032", "5d3a26"))
HAIRS: Final = tuple(colour(tone) for tone in ("2a211f", "3b2a22", "5a3a24", "7a4f2a", "a8743a", "d1a45a", "8f3f22"))
GREY: Final = colour("c9c7c4")

FEMALE_NAMES: Final = frozenset(("marie", "jeanne", "cleopatra", "cleopatre", "elizabeth", "elisabeth", "victoria",
    "florence", "ada", "rosalind", "amelia", "frida", "simone", "coco", "edith", "catherine", "anne", "ann", "mary",
    "jane", "emily", "charlotte", "virginia", "rosa", "harriet", "hypatia", "hypatie", "nefertiti", "hatshepsut",
    "hatchepsout", "josephine", "antoinette", "sophie", "olympe", "camille", "colette", "george-sand", "margaret",
    "indira", "malala", "greta", "wangari", "valentina", "sally", "katherine", "dorothy", "grace", "hedy", "lise",
    "irene", "isabel", "isabelle", "eva", "evita", "teresa", "beatrice", "artemisia", "maria", "boudica", "boadicea",
    "sappho", "agatha", "louise", "juliette", "helene", "helen", "claire", "chloe", "alice", "lucie", "emma", "anna",
    "julia", "laura", "sarah", "eleanor", "alienor", "tomyris", "zenobia", "theodora", "wu", "sacagawea",
    "pocahontas", "dian", "diane", "nellie", "bertha", "emmy", "vera", "barbara"))  # fmt: skip
FEMALE_WORDS: Final = frozenset(("woman", "women", "girl", "queen", "princess", "empress", "lady", "mother", "nun",
    "witch", "actress", "duchess", "goddess", "she", "her", "femme", "fille", "fillette", "reine", "princesse",
    "imperatrice", "dame", "mere", "soeur", "sorciere", "duchesse", "deesse", "savante", "mujer", "nina", "chica",
    "reina", "princesa", "emperatriz", "senora", "madre", "bruja", "donna", "ragazza", "bambina", "regina",
    "principessa", "signora", "strega", "mulher", "menina", "rainha", "senhora", "mae", "bruxa", "frau", "madchen",
    "konigin", "prinzessin", "nurse", "infirmiere", "enfermera", "infermiera", "enfermeira", "mme", "mrs", "miss",
    "sainte"))  # fmt: skip
FEMALE_ENDINGS: Final = ("trice", "euse", "ienne", "iere", "rice", "ora", "essa", "ina", "ice")
MALE_A: Final = frozenset(
    (
        "luca",
        "andrea",
        "nikola",
        "joshua",
        "elia",
        "attila",
        "garibaldi",
        "seneca",
        "caligula",
        "nerva",
        "galba",
        "akira",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outfit:
    """What a role wears and holds. `legs` is "trousers", "bare" (tunics, kilts) or "hidden" (long robes)."""

    garment: Garment
    top: Colour
    bottom: Colour
    trim: Colour
    shoes: Colour = (0.20, 0.15, 0.13)
    legs: Literal["trousers", "bare", "hidden"] = "trousers"
    hat: Hat = "none"
    prop: Prop = "none"
    hair: Hair | None = None
    beard: Beard | None = None
    cape: Colour | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A particular person: an outfit, a body and a face."""

    outfit: Outfit
    female: bool
    child: bool
    skin: Colour
    hair_colour: Colour
    hair: Hair
    beard: Beard
    glasses: bool
    eye: Colour
    seed: int


COMPLEXIONS: Final[Mapping[str, tuple[int, int]]] = {
    "cleopatra": (2, 4), "cleopatre": (2, 4), "nefertiti": (3, 5), "hannibal": (3, 5), "hypatia": (1, 3), "attila": (2, 4),
    "genghis": (1, 3), "gengis": (1, 3), "katherine johnson": (4, 6), "tenzing": (3, 5), "gandhi": (4, 6),
    "luther king": (5, 7), "mandela": (5, 7), "rosa parks": (4, 6), "obama": (4, 6), "montezuma": (3, 5), "buddha": (2, 4),
    "bouddha": (2, 4), "confucius": (1, 3), "pele": (5, 7), "frida kahlo": (2, 4), "bolivar": (1, 3), "malala": (2, 4),
    "usain bolt": (5, 7), "michael jackson": (4, 6), "indira": (3, 5), "louverture": (5, 7), "ibn": (2, 4),
    "saladin": (2, 4), "mansa musa": (5, 7), "santos dumont": (1, 3),
}  # fmt: skip
"""Skins (places in SKINS) of people of history; a famous person who is not here has one of the first two."""
WHITE_HAIRED: Final = frozenset(("einstein", "darwin", "hugo", "vinci", "galileo", "galilee", "socrates", "socrate",
    "aristotle", "aristote", "archimedes", "archimede", "plato", "platon", "washington", "churchill"))  # fmt: skip


def person(role: str, name: str, seed: int) -> Person:
    """The person of a role, named by `name` ("" when nobody in particular); a famous one looks alike in every scene."""
    famous = phrase_key(name) in people()
    random = np.random.default_rng([crc32(_flat(name).encode()) if famous else seed, 77])
    outfit = outfits().get(role, outfits()["person"])
    draws = random.random(8)
    named = is_female(name)
    female = role in ("woman", "queen") or (
        role not in ("man", "king") and (draws[0] < 0.5 if named is None else named)
    )
    if named is None and role in (
        "legionary",
        "knight",
        "viking",
        "samurai",
        "napoleonic",
        "pirate",
        "monk",
        "pharaoh",
        "caveman",
        "roman",
    ):
        female = False
    if female and role in ("roman", "person", "noble", "child", "native"):
        outfit = outfits().get(f"{role}-woman", outfit)
    palettes = {"samurai": (0, 2), "viking": (0, 1), "knight": (0, 2), "pharaoh": (3, 5), "native": (3, 5),
        "merchant": (2, 5), "noble": (0, 2), "roman": (0, 3), "legionary": (1, 3), "napoleonic": (0, 1)}  # fmt: skip
    low, high = _complexion(name, famous=famous) or palettes.get(role, (0, len(SKINS)))
    skin_index = low + int(draws[1] * (high - low))
    dark_skin = skin_index >= 3
    hair_colour = HAIRS[int(draws[2] * (3 if dark_skin or role in ("samurai", "pharaoh", "native") else len(HAIRS)))]
    hair: Hair = (
        ("long", "bun", "bob", "ponytail", "wavy")[int(draws[3] * 5)]
        if female
        else ("short", "side", "curly", "short", "side")[int(draws[3] * 5)]
    )
    if outfit.hair is not None and not female:
        hair = outfit.hair
    beard: Beard = "none"
    if not female and role != "child":
        beard = (
            outfit.beard
            if outfit.beard is not None
            else ("none", "none", "none", "short", "moustache")[int(draws[4] * 5)]
        )
    if set(_flat(name).split()) & WHITE_HAIRED and hair != "bald":
        hair = "grey"
    if hair == "grey":
        hair, hair_colour = "short", GREY
    if role in ("person", "man", "woman", "child", "teacher", "engineer", "runner", "artist", "musician"):
        outfit = _varied(outfit, draws[5])
    return Person(outfit=outfit, female=female, child=role == "child", skin=SKINS[skin_index],
        hair_colour=hair_colour, hair=hair, beard=beard, glasses="glasses" in outfit.extras or (role in ("scientist",
        "teacher", "engineer", "writer") and draws[6] < 0.5), eye=colour(("4a2f1d", "4a2f1d", "3f5f7f", "4f6f3f")[
        int(draws[7] * 4)] if not dark_skin else "3a2418"), seed=seed)  # fmt: skip


def _flat(name: str) -> str:
    """Lower case without accents, its words apart."""
    flat = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return flat.replace("'", " ").replace("-", " ")


def _complexion(name: str, *, famous: bool) -> tuple[int, int] | None:
    """The range of skins of somebody named; None for somebody in general."""
    flat = _flat(name)
    told = next((skins for words, skins in COMPLEXIONS.items() if words in flat), None)
    return told or ((0, 2) if famous else None)


def is_female(name: str) -> bool | None:
    """Whether a name or word says so; None when it says nothing."""
    words = _flat(name).split()
    if not words:
        return None
    if any(word in FEMALE_WORDS or word in FEMALE_NAMES for word in words):
        return True
    first = words[0]
    if len(words) > 1 and first.endswith("a") and first not in MALE_A and len(first) > 3:
        return True
    if len(words) == 1 and first.endswith(FEMALE_ENDINGS) and len(first) > 5:
        return True
    return False if len(words) > 1 and name[:1].isupper() else None


def _varied(outfit: Outfit, draw: float) -> Outfit:
    """Everyday clothes in another colour."""
    tones = [colour(tone) for tone in ("c8553d", "2f6f8f", "3f7d58", "d9a441", "6a4c93", "b5476a", "4a6fa5")]
    top = mix(outfit.top, tones[int(draw * len(tones))], 0.85)
    return replace(outfit, top=top, bottom=top if outfit.garment == "dress" else outfit.bottom)


@cache
def outfits() -> Mapping[str, Outfit]:
    """What each role wears."""
    from aiprod.visuals.motion.subjects.wardrobe import WARDROBE

    return WARDROBE
