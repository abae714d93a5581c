import pytest

from aiprod.prompts import analyse, leading_subject

PROMPTS = [
    # text, language, place, subject, time
    ("A giant panda eating bamboo in a misty forest at sunrise", "en", "forest", "panda", "dawn"),
    ("An elephant walking across the savanna at sunset, cinematic", "en", "savanna", "elephant", "sunset"),
    ("A lion rests on the dry African savannah under the blazing sun", "en", "savanna", "lion", "day"),
    ("Camels crossing the Sahara dunes at golden hour", "en", "desert", "camel", "golden"),
    ("A deer in a snowy forest, overcast sky", "en", "snow", "deer", "overcast"),
    ("A sailboat in a storm on the ocean", "en", "sea", "sailboat", "storm"),
    ("An octopus hides in a coral reef", "en", "underwater", "octopus", ""),
    ("A mid-ocean ridge, where plates part", "en", "underwater", "", ""),
    ("A knight rides past an old castle at dusk", "en", "village", "soldier", "dusk"),
    ("City skyline in the rain by night", "en", "city", "", "night"),
    ("A cup of coffee on a desk, morning light", "en", "interior", "coffee", "dawn"),
    ("A fox in autumn woods with mountains in the distance", "en", "forest", "fox", ""),
    ("A wolf crosses the Alps in the snow", "en", "mountains", "wolf", ""),
    ("Lava flows from a volcano, red sky", "en", "volcano", "", "sunset"),
    ("How a black hole bends light", "en", "blackhole", "", ""),
    ("An astronaut on the moon, the Earth from space behind", "en", "moonscape", "astronaut", ""),
    ("Un panda mange dans une forêt de bambous à l'aube", "fr", "forest", "panda", "dawn"),
    ("Un éléphant marche dans la savane au coucher du soleil", "fr", "savanna", "elephant", "sunset"),
    ("Une lionne et ses petits dans la savane, heure dorée", "fr", "savanna", "lion", "golden"),
    ("Des chameaux traversent le désert sous un soleil de plomb", "fr", "desert", "camel", "day"),
    ("Une baleine bleue nage dans les fonds marins", "fr", "underwater", "whale", ""),
    ("Un loup hurle au clair de lune dans la montagne enneigée", "fr", "mountains", "wolf", "night"),
    ("Des abeilles butinent dans un champ de lavande", "fr", "field", "bee", ""),
    ("Un vieux phare dans la tempête, mer déchaînée", "fr", "sea", "lighthouse", "storm"),
    ("Une chimiste dans son laboratoire, lumière douce", "fr", "laboratory", "scientist", "overcast"),
    ("Les rues d'une ville sous la pluie, la nuit, néons", "fr", "city", "", "night"),
    ("Un manchot empereur sur la banquise au crépuscule", "fr", "polar", "penguin", "dusk"),
    ("Une carte de l'Empire romain", "fr", "map", "", ""),
    ("Un boulanger dans sa boulangerie au petit matin", "fr", "interior", "cook", "dawn"),
    ("Les ruines d'un temple antique au soleil couchant", "fr", "ruins", "", "sunset"),
    ("Concept abstrait sur fond sombre, icônes", "fr", "stage", "", ""),
    ("Un elefante camina por la sabana al atardecer", "es", "savanna", "elephant", "sunset"),
    ("Un camello avanza entre las dunas del desierto al mediodía", "es", "desert", "camel", "day"),
    ("Una manada de lobos corre por el bosque de noche", "es", "forest", "wolf", "night"),
    ("Una ballena salta en alta mar al amanecer", "es", "sea", "whale", "dawn"),
    ("Un jaguar en la selva, niebla de la madrugada", "es", "jungle", "leopard", "dawn"),
    ("Un volcán en erupción bajo un cielo estrellado", "es", "volcano", "", "night"),
    ("Una científica en su laboratorio", "es", "laboratory", "scientist", ""),
    ("Un campesino en un campo de trigo, luz dorada", "es", "field", "farmer", "golden"),
    ("Barcos en el puerto bajo una tormenta", "es", "sea", "ship", "storm"),
    ("Astronauta flotando en el espacio", "es", "space", "astronaut", ""),
    ("Caballos galopando en la pradera, cielo gris", "es", "field", "horse", "overcast"),
    ("Un pueblo de montaña al anochecer", "es", "village", "", "dusk"),
    ("Due leoni nella savana africana all'alba", "it", "savanna", "lion", "dawn"),
    ("Un cammello nel deserto al tramonto", "it", "desert", "camel", "sunset"),
    ("Una balena nuota in mare aperto", "it", "sea", "whale", ""),
    ("Il Colosseo, gladiatori nell'antica Roma, luce dorata", "it", "ruins", "soldier", "golden"),
    ("Un gatto dorme in una stanza tranquilla, di sera", "it", "interior", "cat", "dusk"),
    ("I tetti della città di notte sotto la pioggia", "it", "city", "", "night"),
    ("Una volpe nel bosco innevato", "it", "snow", "fox", ""),
    ("Le api volano in un prato di fiori selvatici", "it", "field", "bee", ""),
    ("Il vulcano erutta lava durante una tempesta", "it", "volcano", "", "storm"),
    ("Un pittore nel suo studio, in una stanza piena di luce", "it", "interior", "artist", ""),
    ("Um elefante caminha na savana ao pôr do sol", "pt", "savanna", "elephant", "sunset"),
    ("Um camelo no deserto ao meio-dia", "pt", "desert", "camel", "day"),
    ("Golfinhos nadam no mar aberto ao amanhecer", "pt", "sea", "dolphin", "dawn"),
    ("Uma onça na floresta amazônica", "pt", "jungle", "leopard", ""),
    ("Um astronauta caminha na superfície lunar", "pt", "moonscape", "astronaut", ""),
    ("Uma cientista no laboratório à noite", "pt", "laboratory", "scientist", "night"),
    ("Um urso polar no gelo do Ártico, céu cinzento", "pt", "polar", "polar bear", "overcast"),
    ("Uma tartaruga marinha no recife de coral", "pt", "underwater", "turtle", ""),
    ("Cavalos correm no prado, luz dourada", "pt", "field", "horse", "golden"),
    ("Um barco à vela sob uma tempestade em alto mar", "pt", "sea", "sailboat", "storm"),
    ("Ein Adler fliegt über den Bergen bei Sonnenuntergang", "de", "mountains", "eagle", "sunset"),
    ("Elefanten in der Savanne bei Sonnenaufgang", "de", "savanna", "elephant", "dawn"),
]


@pytest.mark.parametrize(("text", "language", "place", "subject", "time"), PROMPTS)
def test_a_prompt_says_where_who_and_when(text: str, language: str, place: str, subject: str, time: str) -> None:
    facts = analyse(text, language)
    hero = leading_subject(facts)
    assert (facts.place, hero.subject.concept if hero else "", facts.time) == (place, subject, time)


@pytest.mark.parametrize(
    ("text", "language", "action"),
    [
        ("A cheetah running after a gazelle", "en", "run"),
        ("Un aigle vole au-dessus de la vallée", "fr", "fly"),
        ("Una niña lee un libro", "es", "sit"),
        ("Un delfino salta fuori dall'acqua", "it", "hop"),
        ("Um peixe nada no rio", "pt", "swim"),
        ("Ein Wolf rennt durch den Wald", "de", "run"),
    ],
)
def test_a_prompt_says_what_is_done(text: str, language: str, action: str) -> None:
    assert analyse(text, language).action == action


@pytest.mark.parametrize(("text", "language", "place"), [
    ("The fastest animal on the planet", "en", ""), ("20 000 espèces répertoriées sur la planète", "fr", ""),
    ("Un robot sur la planète Mars", "fr", "planet"), ("The moons of the planet Jupiter", "en", "planet"),
    ("Un planeta con anillos", "es", "planet"),
])  # fmt: skip
def test_what_is_found_on_the_planet_is_not_out_in_space(text: str, language: str, place: str) -> None:
    assert analyse(text, language).place == place


def test_a_past_participle_is_no_summer() -> None:
    assert analyse("La ville a été détruite par un incendie", "fr").season == ""
    assert analyse("La ville en été", "fr").season == "summer"


def test_an_english_prompt_in_a_french_film_is_read_as_english() -> None:
    facts = analyse("A lion walking in the savanna at sunset", "fr")
    assert (facts.language, facts.place, facts.time) == ("en", "savanna", "sunset")


def test_numbers_of_animals_are_seen() -> None:
    assert analyse("Three wolves in the snow", "en").subjects[0].count == 3
    assert analyse("Un troupeau d'éléphants", "fr").subjects[0].count == 6
    assert analyse("Un éléphant", "fr").subjects[0].count == 1
    assert analyse("Los pandas juegan", "es").subjects[0].count == 2


def test_a_young_one_beside_its_mother_is_noticed() -> None:
    facts = analyse("An elephant walking with her calf", "en")
    assert facts.offspring
    assert not analyse("An elephant walking", "en").offspring


def test_famous_people_keep_the_name_that_the_text_gives_them() -> None:
    facts = analyse("Jules César et Cléopâtre à Alexandrie", "fr")
    assert [person.name for person in facts.people] == ["Jules César", "Cléopâtre"]
    assert [place.name for place in facts.places] == ["Alexandrie"]


def test_camera_and_framing_are_read() -> None:
    facts = analyse("Gros plan sur un chat, panoramique vers la gauche", "fr")
    assert (facts.camera, facts.camera_direction, facts.composition) == ("pan", "left", "close")
    out = analyse("A tower, zoom out, wide shot", "en")
    assert (out.camera, out.camera_direction, out.composition) == ("zoom", "out", "wide")


@pytest.mark.parametrize("language", ["en", "fr", "es", "it", "pt", "de"])
@pytest.mark.parametrize("text", ["", "?!", "123", "🐼", "zzz qqq", "\n\t", "l'", "a" * 5000])
def test_any_text_can_be_read(text: str, language: str) -> None:
    assert analyse(text, language).language


def test_a_word_that_only_qualifies_the_next_is_no_subject() -> None:
    assert [seen.subject.concept for seen in analyse("Une mère panda dans une grotte", "fr").subjects] == ["panda"]
    assert [seen.subject.concept for seen in analyse("The human heart beating", "en").subjects] == ["heart"]


@pytest.mark.parametrize(
    ("text", "language", "concepts"),
    [
        ("Il vulcano erutta cenere nel cielo scuro, la camera sale.", "it", []),
        ("La plage au lever du soleil, ciel rose, plan large", "fr", []),
        ("Une rose rouge dans un vase", "fr", ["flower"]),
        ("An octopus mother guards her eggs", "en", ["octopus"]),
        ("A mother panda", "en", ["panda"]),
    ],
)
def test_colours_verbs_and_the_camera_itself_are_no_subjects(text: str, language: str, concepts: list[str]) -> None:
    assert [seen.subject.concept for seen in analyse(text, language).subjects] == concepts


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Il vulcano erutta una colonna di cenere nel cielo scuro", "it", "volcano"),
        ("Cenere sui tetti di una città romana, cielo nero", "it", "ruins"),
        ("La foule sur la place du marché, la caméra monte vers le sommet", "fr", "village"),
        ("An eagle in the sky", "en", "sky"),
        ("Ruins of a Greek temple at sunrise", "en", "ruins"),
    ],
)
def test_skies_and_summits_that_are_only_named_are_not_the_place(text: str, language: str, place: str) -> None:
    assert analyse(text, language).place == place


@pytest.mark.parametrize(("text", "language"), [
    ("Un sous-marin jaune", "fr"), ("Le sous-marin nucléaire plonge", "fr"), ("Deux sous-marins dans le port", "fr"),
    ("Sous-marin au fond de l'océan", "fr"), ("L'équipage d'un vieux sous-marin", "fr"), ("Un submarino amarillo", "es"),
    ("El primer submarino de la historia", "es"), ("Los submarinos de la guerra", "es"), ("Un sottomarino giallo", "it"),
    ("I sottomarini della marina", "it"), ("Les avions et sous-marins de la guerre", "fr"), ("C'est un sous-marin", "fr"), ("Um submarino amarelo", "pt"), ("Dois submarinos no mar", "pt"),
    ("A yellow submarine", "en"), ("A submarine crew at sea", "en"), ("Ein gelbes U-Boot", "de"),
])  # fmt: skip
def test_a_submarine_is_a_vessel_where_its_word_is_a_noun(text: str, language: str) -> None:
    facts = analyse(text, language)
    assert "submarine" in [seen.subject.concept for seen in facts.subjects]
    assert leading_subject(facts) is not None
    assert facts.place in ("", "sea", "underwater", "battlefield")


@pytest.mark.parametrize(("text", "language"), [
    ("Le monde sous-marin", "fr"), ("Un fond sous-marin", "fr"), ("La vie sous-marine", "fr"), ("Des volcans sous-marins", "fr"),
    ("Une grotte sous-marine", "fr"), ("El mundo submarino", "es"), ("Un volcán submarino", "es"), ("La vida submarina", "es"),
    ("A submarine volcano", "en"), ("Submarine canyons and trenches", "en"), ("Un volcan peut être aérien ou sous-marin", "fr"), ("Les volcans terrestres et sous-marins", "fr"), ("Ce volcan est sous-marin", "fr"),
    ("El volcán es submarino", "es"), ("Un volcán terrestre o submarino", "es"), ("Il vulcano è sottomarino", "it"), ("O vulcão é submarino", "pt"),
    ("Il mondo sottomarino", "it"), ("Una caverna sottomarina", "it"), ("O mundo submarino", "pt"), ("A vida submarina", "pt"),
])  # fmt: skip
def test_what_is_only_under_water_is_no_vessel(text: str, language: str) -> None:
    facts = analyse(text, language)
    assert "submarine" not in [seen.subject.concept for seen in facts.subjects]
    if "vol" not in text and "vulc" not in text and "canyon" not in text and "caverna" not in text and "grotte" not in text:
        assert facts.place == "underwater"


def test_les_fonds_marins_are_not_full_of_sailors() -> None:
    def concepts(text: str) -> list[str]:
        return [seen.subject.concept for seen in analyse(text, "fr").subjects]

    assert concepts("Baleine bleue nageant sous l'eau, dans les fonds marins") == ["whale"]
    assert concepts("Un vieux marin raconte la tempête") == ["pirate"]


def test_nothing_burns_in_the_ring_of_fire() -> None:
    text = "A ridge has volcanoes whereas the Pacific Ring of Fire has others."
    assert analyse(text, "en").subjects == ()
    assert [seen.subject.concept for seen in analyse("A herd of Elephants at dusk", "en").subjects] == ["elephant"]


@pytest.mark.parametrize("text", ["It does not need a driver.", "The stages of sleep are five."])
def test_a_verb_or_a_stage_is_no_deer(text: str) -> None:
    assert [seen.word for seen in analyse(text, "en", certain=True).subjects if seen.subject.concept == "deer"] == []


@pytest.mark.parametrize(("text", "language", "seen"), [
    ("The climate is affected by human activities.", "en", []), ("A human, alone on the moor.", "en", ["person"]),
    ("Humans evolved in Africa.", "en", ["person"]), ("Les activités humaines changent le climat.", "fr", []),
    ("Un humain marche.", "fr", ["person"]),
])  # fmt: skip
def test_what_is_peoples_shows_nobody(text: str, language: str, seen: list[str]) -> None:
    assert [one.subject.concept for one in analyse(text, language).subjects] == seen


@pytest.mark.parametrize("text", ["Des fentes branchiales sur les côtés de la tête.", "La circulation sanguine chez les animaux."])
def test_sides_are_no_coast_and_blood_is_no_traffic(text: str) -> None:
    assert analyse(text, "fr", certain=True).place == ""
