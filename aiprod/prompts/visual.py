"""A picture's prompt for a sentence: subject, action, place, light, camera and framing, in the sentence's language.

Says only what the sentence or its topic names, and where such a thing is at home; light and camera follow the scene's
number so that neighbours differ. Knows no renderer: `analyse` reads back what is written here.
"""

from dataclasses import replace

from aiprod.prompts.analysis import PromptFacts, SeenSubject, analyse
from aiprod.prompts.lexicon import Subject, known_language, phrases
from aiprod.prompts.words import tokens

LIGHTS = ("dawn", "golden", "day", "sunset", "overcast", "dusk", "night")
CAMERAS = ("dolly", "pan", "crane", "truck", "zoom")
FRAMINGS = ("", "wide", "close", "", "wide", "", "close")
LIVING = ("animal", "bird", "fish", "insect", "person", "vehicle")
TOPIC_WORDS = 4
OFF_THE_GROUND = ("sea", "underwater", "sky", "space", "planet", "blackhole")
"""Where nobody stands who is not at home there: a Roman of the Mediterranean and a dodo of the Indian Ocean walk on the shore."""
AMONG_STARS = ("space", "planet", "blackhole")
ON_FOOT = ("walk", "run")
CRAWLING = ("snake", "snail", "worm", "lizard")
BODY_PARTS = ("eye", "heart", "tooth", "bone", "brain", "skull")
"""What is shown on its bearer: of a panda's eyes a viewer wants to see the panda."""


def visual_prompt(text: str, language: str, topic: str, index: int) -> str:
    """A visual prompt for a sentence of a story about `topic`; `index` is the scene's place, from 0.

    >>> visual_prompt("Pandas eat twelve kilos of bamboo a day.", "en", "Giant pandas", 0)
    'Pandas resting in a bamboo forest, soft morning light, slow dolly in'
    """
    language = known_language(language)
    said, about = analyse(text, language, certain=True), analyse(topic, language, certain=True)
    if said.place == "moonscape":  # where it happens, not what is seen
        said = replace(said, subjects=tuple(seen for seen in said.subjects if seen.subject.concept != "moon"))
    hero, of_topic = leading_subject(said), leading_subject(about)
    if hero and of_topic:
        hero = next((seen for seen in said.subjects if seen.subject.concept == of_topic.subject.concept), hero)
    if hero and hero.subject.concept == "earth" and said.place not in ("", "space", "planet", "sky"):
        hero = None  # where it happens, not what is seen
    if hero and of_topic is None and about.place in AMONG_STARS and hero.subject.kind not in LIVING:
        hero = None  # what a world is compared with: a story of Mars shows Mars, not the Earth
    if hero and of_topic and _belongs_to(hero.subject, of_topic.subject):
        hero = of_topic
    if hero and any(person.concept == hero.subject.concept for person in about.people):
        hero = None  # "one of the greatest composers" is the composer whose life is told
    subject = hero.subject if hero else None
    if hero is None and not said.people:
        subject = of_topic.subject if of_topic else None
    parts = [
        _opening(said, about, hero, topic, language, subject),
        phrases("light", language)[said.time or LIGHTS[index % len(LIGHTS)]],
        phrases("camera", language)[CAMERAS[index % len(CAMERAS)]],
    ]
    framing = FRAMINGS[index % len(FRAMINGS)]
    if framing:
        parts.append(phrases("framing", language)[framing])
    return ", ".join(parts)


def _belongs_to(said: Subject, topic: Subject) -> bool:
    """Whether what is said is of the topic, a part of its body, or only a word for what it is: in a story of penguins,
    "they are flightless birds" speaks of penguins, and "the bear" in one of polar bears of them."""
    if topic.kind == "plant":
        return said.concept == "crown"
    return topic.kind in LIVING and said.concept in (*BODY_PARTS, topic.kind, *topic.concept.split()[1:][-1:])


def leading_subject(facts: PromptFacts) -> SeenSubject | None:
    """The subject that a text is most about: living things before things, things before plants and skies."""
    ranks = {"object": 1, "plant": 2, "sky": 2}
    order = sorted(facts.subjects, key=lambda seen: (seen.background, ranks.get(seen.subject.kind, 0)))
    return order[0] if order else None


def _opening(
    said: PromptFacts, about: PromptFacts, hero: SeenSubject | None, topic: str, language: str, subject: Subject | None
) -> str:
    """Who does what where: "Pandas walking in a bamboo forest"."""
    person = next(iter(said.people or (() if hero else about.people)), None)
    if person:
        name, home, flora = person.name, person.home, person.flora
        kind = "person"
        gait = "idle"
    else:
        name = hero.word if hero else _named(about, topic)
        home, flora = (subject.home, subject.flora) if subject else _ground(said, about)
        kind = subject.kind if subject else "object"
        gait = _gait(said, subject) if subject and subject.kind in LIVING else ""
    ashore = kind in LIVING and gait not in ("swim", "fly", "sail") and home not in OFF_THE_GROUND
    adrift = ashore and said.place in OFF_THE_GROUND
    if said.place and not adrift and not (said.place in ("stage", "sky", "map") and home not in ("stage", "sky")):
        home, flora = said.place, said.flora
    place = phrases("place", language)
    where = place.get(f"{home}:{flora}") or place.get(home) or place["stage"]
    doing = phrases("action", language).get(gait, "")
    words = " ".join(part for part in (name, doing, where) if part)
    return words[0].upper() + words[1:]


def _gait(said: PromptFacts, subject: Subject) -> str:
    """How it moves: as is said, but as it can: a shark that moves swims, an eagle that chases flies, a jellyfish that floats
    does not fly, a ship sails, a snake crawls."""
    gait = said.deed or said.action or subject.gait
    afoot = gait in ON_FOOT and subject.gait in ("fly", "swim")
    if afoot or (subject.home in OFF_THE_GROUND and gait in ("fly", "swim")):
        gait = subject.gait
    if gait == "fly" and said.place == "moonscape":
        return "walk"
    if subject.concept in CRAWLING and gait in ON_FOOT:
        return "crawl"
    return "sail" if gait == "swim" and subject.kind == "vehicle" else gait


def _ground(said: PromptFacts, about: PromptFacts) -> tuple[str, str]:
    """Where a thing is that nothing shows: where its topic is, under the open sky if there is weather, else nowhere."""
    if about.place and about.place not in ("sky", "map"):
        return about.place, about.flora
    return ("field" if said.weather or about.weather else "stage"), ""


def _named(about: PromptFacts, topic: str) -> str:
    """The topic's own words for its subject, or its first words."""
    hero = leading_subject(about)
    return hero.word if hero else " ".join(token.text for token in tokens(topic)[:TOPIC_WORDS])
