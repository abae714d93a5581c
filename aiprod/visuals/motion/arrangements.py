"""Which of its arrangements a place should show: the throne room, the kitchen, the server hall that a prompt names.

Knows the arrangements of villages, interiors and laboratories by name and the words that ask for them, in the languages
that AIPROD reads. Knows no picture: `archetypes/` draws arrangement number `variant % len(ARRANGEMENTS[place])`.
"""

import re
import unicodedata

ARRANGEMENTS: dict[str, tuple[str, ...]] = {
    "village": ("hillside", "street", "square", "farm"),
    "interior": ("library", "living", "hall", "workshop", "kitchen", "study", "museum", "classroom"),
    "laboratory": ("chemistry", "control", "scholar", "biology", "servers", "observatory"),
}
"""Names of what a place may look like, in the order of its variants."""

_WORDS: dict[str, dict[str, str]] = {
    "village": {
        "farm": "farm farmhouse barn farmyard ferme grange granja granero fattoria fienile fazenda celeiro quinta bauernhof scheune",
        "square": "square market marketplace fountain marche fontaine plaza mercado fuente piazza mercato fontana praca fonte "
        "marktplatz markt brunnen fair foire",
        "street": "street lane alley cobbles cobbled rue ruelle paves calle callejon strada vicolo rua beco strasse gasse",
        "hillside": "hill hillside mountain valley colline montagne vallee colina montana valle collina montagna vale hugel berg tal",
    },
    "interior": {
        "kitchen": "kitchen cook chef cooking cuisine cuisinier cuisiniere cocina cocinero cucina cuoco cozinha cozinheiro kuche koch "
        "oven stove horno bakery boulangerie panaderia",
        "classroom": "classroom school teacher pupils students lesson blackboard classe ecole professeur eleves tableau aula escuela "
        "maestro profesor scuola insegnante escola professor klassenzimmer schule lehrer schuler university universite universidad",
        "library": "library books bookshelves archive bibliotheque livres biblioteca libros libri livros bibliothek bucher",
        "museum": "museum gallery exhibition painting paintings musee galerie exposition peintures museo galeria cuadros dipinti museu "
        "pinturas ausstellung gemalde sculpture statue",
        "workshop": "workshop carpenter blacksmith craftsman tools inventor factory garage atelier menuisier forgeron artisan outils usine "
        "taller carpintero herrero artesano fabrica officina falegname fabbro artigiano oficina carpinteiro ferreiro werkstatt tischler "
        "schmied handwerker fabrik printing press imprimerie",
        "hall": "throne palace castle king queen court ballroom cathedral church temple hall emperor trone palais chateau roi reine cour "
        "empereur trono palacio castillo rey reina corte palazzo castello regina castelo rei rainha thron palast schloss konig "
        "konigin noble knight knights chevalier caballero cavaliere cavaleiro ritter parliament",
        "study": "study office desk writer scientist poet composer bureau ecrivain savant poete compositeur despacho oficina escritor "
        "studio scrittore scienziato escritorio cientista arbeitszimmer buro schriftsteller dichter philosopher philosophe",
        "living": "living sofa armchair bedroom house home apartment fireplace family salon canape maison chambre famille casa "
        "dormitorio familia soggiorno divano famiglia quarto sofa wohnzimmer zimmer haus familie",
    },
    "laboratory": {
        "servers": "server servers data datacenter cloud computer computers internet supercomputer serveur serveurs donnees ordinateur "
        "ordinateurs nuage servidor servidores datos ordenador nube dati nuvola dados computador nuvem rechenzentrum daten rechner "
        "algorithm hacker intelligence",
        "control": "control mission screens monitors rocket spacecraft robot robots reactor ecrans fusee controle pantallas cohete schermi "
        "razzo controllo telas foguete kontrollraum bildschirme rakete",
        "observatory": "telescope observatory astronomer astronomy stars observatoire astronome etoiles telescopio observatorio astronomo "
        "estrellas osservatorio stelle estrelas teleskop sternwarte astronom sterne",
        "biology": "biology dna cell cells microscope virus bacteria gene genes medicine vaccine doctor biologie adn cellule cellules "
        "bacterie vaccin medecin biologia celula celulas microscopio vacuna cellula vaccino vacina zelle zellen mikroskop impfstoff arzt",
        "scholar": "alchemist alchemy inventor old ancient century alchimiste alchimie ancien vieux siecle alquimista antiguo siglo antico "
        "secolo antigo seculo alchemist alt jahrhundert",
        "chemistry": "chemistry chemical flask flasks molecule experiment chemist chimie fiole molecule chimiste quimica frasco molecula "
        "chimica molecola quimico chemie kolben molekul experimente modern moderne moderno",
    },
}
_KNOWN = {
    place: {word: kind for kind, words in kinds.items() for word in words.split()} for place, kinds in _WORDS.items()
}


def arranged(place: str, variant: int, *texts: str) -> int:
    """The variant at which `place` shows what `texts` ask for (the first of them that asks decides; within one, the
    arrangement named by most words), near `variant`; or `variant` itself."""
    names = ARRANGEMENTS.get(place)
    if names is None:
        return variant
    known = _KNOWN[place]
    for text in texts:
        votes = [known[word] for word in _words_of(text) if word in known]
        if votes:
            chosen = max(dict.fromkeys(votes), key=votes.count)
            block = min(variant // len(names), 256 // len(names) - 1)
            return block * len(names) + names.index(chosen)
    return variant


def _words_of(text: str) -> list[str]:
    """The words of a text, small, without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z]+", "".join(c for c in plain if not unicodedata.combining(c)))
