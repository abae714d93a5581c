"""Guessing which of AIPROD's languages a theme or a text is written in.

Knows six languages by their small words, the words that titles are made of, and their spelling. A text in another
language gets the nearest of the six: the user may always say the language. Themes are short ("Les abeilles", "El
hierro"), where statistics over letters alone fail; one article decides more than ten letters.
"""

import re
from collections.abc import Mapping
from typing import Final

from aiprod.story import LANGUAGES

DEFAULT: Final = "en"

_SMALL_WORDS: Final[Mapping[str, str]] = {
    "en": """the of and is are was were why how what when where who which that this these those with without from into
    for by to at on it its his her their our your my you we they he she not be been has have had do does did can could
    will would should an as or but if than then there about between through under over after before during inside most
    more some all every first last one two three never always own did let lets behind beyond""",
    "fr": """le la les l un une des du de d et est sont était étaient pourquoi comment quand où qui que qu quoi quel
    quelle quels quelles ce cet cette ces c avec sans dans sur sous pour par au aux en il elle ils elles nous vous je
    tu on son sa ses leur leurs notre votre mon ma mes ne n pas plus moins très mais ou donc ni car si tout toute tous
    toutes entre vers chez depuis pendant après avant être a ont été fait jamais toujours premier première y s""",
    "es": """el la los las un una unos unas de del al y e es son era eran por qué cómo cuándo dónde quién que cual
    cuál con sin en sobre bajo para hacia desde hasta entre su sus mi tu nuestro nuestra no más muy pero o si lo le
    les se nos este esta estos estas ese esa todo toda todos todas fue ser ha han hay nunca siempre primer primera
    cuando donde como""",
    "it": """il lo la i gli le l un uno una di del dello della dei degli delle d da dal dalla dai in nel nello nella
    nei negli nelle con su sul sulla sui sulle per tra fra e ed è sono era erano perché come quando dove chi che cosa
    quale quali non più molto ma o se si ci suo sua suoi sue loro nostro nostra mio questo questa questi queste quel
    quella tutto tutta tutti tutte senza dopo prima ha hanno stato mai sempre al allo alla ai agli alle dell nell all
    sull c""",
    "pt": """o a os as um uma uns umas de do da dos das no na nos nas ao aos à às pelo pela pelos pelas num numa e é
    são era eram por que porque como quando onde quem qual quais com sem em sobre sob para até entre seu sua seus suas
    meu minha nosso nossa não mais muito mas ou se lhe isso isto este esta esse essa aquele todo toda todos todas foi
    ser tem há nunca sempre primeiro primeira""",
    "de": """der die das den dem des ein eine einen einem einer eines und ist sind war waren warum wie wann wo wer was
    welche welcher mit ohne in im ins auf an am aus von vom zu zum zur für bei nach über unter durch gegen um vor
    hinter zwischen nicht kein keine mehr sehr aber oder wenn als auch nur noch schon es er sie wir ihr ich du sein
    seine ihre unser unsere dieser diese dieses alle alles hat haben wird werden immer nie erste ersten""",
}

_TITLE_WORDS: Final[Mapping[str, str]] = {
    "en": """life secret secrets history story world king queen war battle ocean sea deep forest city night day sun
    moon star stars earth sky water fire ice light birth death fall rise lost ancient hidden great people man men
    woman women child animals animal bird birds fish whale bees wolves elephants cats dogs black hole holes volcano
    volcanoes works work made invention inventor discovery journey power brain heart body food bread coffee tea
    chocolate machine computers works sleep dream dreams live lives build built really actually explained guide top
    best facts about tower space change climate intelligence""",
    "fr": """vie secret secrets secrète histoire monde roi reine guerre bataille océan mer forêt ville nuit jour
    soleil lune étoile étoiles terre ciel eau feu glace lumière naissance mort chute perdu ancien caché grand grande
    hommes homme femme femmes enfant animaux oiseau oiseaux poisson baleine baleines abeilles abeille loups loup
    éléphants chats chien chiens trou noir trous noirs volcan volcans invention découverte voyage cerveau cœur corps
    pain fromage chocolat machine ordinateur sommeil rêve rêves vivent fabrique tour naufrage géant géants pyramides château
    châteaux""",
    "es": """vida secreto secretos secreta historia mundo rey reina guerra batalla océano mar selva bosque ciudad
    noche día sol luna estrella estrellas tierra cielo agua fuego hielo luz nacimiento muerte caída perdido perdida
    antiguo antigua gran grandes hombre mujer niños animales pájaros aves pez peces ballena ballenas abejas lobos
    elefantes gatos perros agujero agujeros negro negros volcán volcanes invento descubrimiento viaje cerebro corazón
    cuerpo pan queso máquina sueño sueños viven pirámides castillo gigantes hormigas hierro revolución imperio""",
    "it": """vita segreto segreti segreta storia mondo re regina guerra battaglia oceano mare foresta bosco città
    notte giorno sole luna stella stelle terra cielo acqua fuoco ghiaccio luce nascita morte caduta perduto antico
    antica antichi grande uomo uomini donna donne bambini animali uccelli pesce pesci balena balene api lupi elefanti
    gatti cani buco buchi nero neri vulcano vulcani invenzione scoperta viaggio cervello cuore corpo pane formaggio
    pizza macchina sogno sogni vivono piramidi castello giganti formiche ferro rivoluzione impero rinascimento""",
    "pt": """vida segredo segredos secreta história mundo rei rainha guerra batalha oceano mar floresta cidade noite
    dia sol lua estrela estrelas terra céu água fogo gelo luz nascimento morte queda perdido antigo antiga grande
    homem homens mulher mulheres crianças animais pássaros peixe peixes baleia baleias abelhas lobos elefantes gatos
    cães buraco buracos negro negros vulcão vulcões invenção descoberta descobrimento viagem cérebro coração corpo pão
    queijo máquina sonho sonhos vivem pirâmides castelo gigantes formigas ferro revolução império""",
    "de": """leben geheimnis geheimnisse geheime geschichte welt könig königin krieg schlacht ozean meer wald stadt
    nacht tag sonne mond stern sterne erde himmel wasser feuer eis licht geburt tod fall verloren alte antike große
    mann frau kinder tiere tier vögel fisch fische wal wale bienen wölfe elefanten katzen hunde schwarze schwarzes
    loch löcher vulkan vulkane erfindung entdeckung reise gehirn herz körper brot käse kaffee maschine schlaf traum
    träume leben funktioniert entstehen pyramiden schloss riesen ameisen eisen revolution reich""",
}

_SPELLING: Final[Mapping[str, tuple[tuple[str, float], ...]]] = {
    "en": ((r"th", 0.7), (r"sh", 0.4), (r"ck\b", 0.8), (r"wh", 1.0), (r"ee|oo", 0.6), (r"ing\b", 1.2), (r"ght", 1.5),
           (r"[^aeiou\W]y\b", 0.6), (r"'s\b", 1.5), (r"ea", 0.2), (r"ow", 0.5), (r"ed\b", 0.2), (r"w", 0.3),
           (r"tion\b", 0.3), (r"k", 0.2), (r"[àâçéèêëîïôùûñãõìòßäöü]", -1.2)),
    "fr": ((r"[çœ]", 0.6), (r"[èêùûîô]", 0.8), (r"é", 0.5), (r"eau|eux\b|aux\b", 1.5), (r"oi", 0.5), (r"ou", 0.3),
           (r"tion", 0.3), (r"que\b", 0.4), (r"\b(?:[cdjlmnst]|qu)['’]", 0.9), (r"ée?s?\b", 0.8), (r"ai", 0.2),
           (r"e\b", 0.1), (r"ll", 0.1), (r"\b[a-zé]+(?:elle|ette|eur|ille|ique|aire)s?\b", 0.8), (r"[ñãõßäöìò¿¡]", -2.0)),
    "es": ((r"ñ", 3.0), (r"[¿¡]", 4.0), (r"[áíóú]", 0.6), (r"é", 0.2), (r"ción\b|sión\b", 2.5), (r"ie", 0.3),
           (r"ue", 0.3), (r"ll", 0.3), (r"\w[oa]s?\b", 0.15), (r"dad\b", 1.5), (r"ismo\b", 0.3), (r"rr", 0.3), (r"ez\b", 0.8),
           (r"z[oa]s?\b", 0.4), (r"h", 0.1), (r"[çãõàèêôìòßäöüœ]", -2.0), (r"k|w", -0.4)),
    "it": ((r"[àèìòù]\b", 1.5), (r"zion[ei]\b", 2.5), (r"gli", 1.2), (r"ch[ei]", 0.8), (r"gh[ei]", 1.2), (r"cc|zz|tt|pp|gg", 0.5),
           (r"\w[oiae]\b", 0.15), (r"i\b", 0.35), (r"tà\b", 2.0), (r"[dln]ell['’]", 2.0), (r"\bl['’]", 0.6), (r"sc[ei]", 0.6),
           (r"z", 0.2), (r"ell[oaie]\b", 0.5), (r"[ñãõçßäöüêôâœ¿¡áíú]", -2.0), (r"k|w|j|y", -0.4), (r"s\b", -0.5)),
    "pt": ((r"[ãõ]", 3.5), (r"ção\b|ções\b|são\b", 2.5), (r"lh|nh", 1.2), (r"[áíóú]", 0.5), (r"[âêô]", 0.6), (r"ç", 0.8),
           (r"é", 0.2), (r"\w[oa]s?\b", 0.15), (r"dade\b", 2.0), (r"ei", 0.4), (r"ou\b", 0.6), (r"m\b", 0.6), (r"ss", 0.2),
           (r"[ñßäöüœ¿¡ìòù]", -2.0), (r"k|w", -0.4), (r"ll", -0.5)),
    "de": ((r"ß", 4.0), (r"[äöü]", 1.8), (r"sch", 1.2), (r"ch\b|cht|chts", 0.9), (r"ei|ie|au", 0.3), (r"ung(?:en)?\b", 1.8),
           (r"en\b", 0.6), (r"er\b", 0.2), (r"z", 0.4), (r"tz|pf", 0.8), (r"k", 0.3), (r"w", 0.2), (r"heit|keit", 1.5),
           (r"[^\W\d_]{14,}", 0.8), (r"[ñãõçéèêàìòœ¿¡]", -1.5)),
}  # fmt: skip

_OPENING: Final[Mapping[str, str]] = {
    "the": "en", "an": "en", "les": "fr", "le": "fr fr it", "l": "fr it", "un": "fr es it", "une": "fr", "los": "es",
    "las": "es", "el": "es", "il": "it", "lo": "it", "gli": "it", "i": "it", "o": "pt", "os": "pt", "as": "pt",
    "um": "pt", "uma": "pt", "der": "de", "die": "de", "das": "de", "la": "fr es it", "a": "en pt",
}  # fmt: skip
"""Whose article a first word is: it says more than the same word inside a sentence."""

_OPENING_WEIGHT: Final = 3.0
_ENGLISH_WEIGHT: Final = 0.35
"""What speaks for English when little speaks for any."""
_SMALL_WEIGHT: Final = 2.5
_TITLE_WEIGHT: Final = 2.2
_SPELLING_WEIGHT: Final = 0.8
_READ_CHARACTERS: Final = 4_000


def guess_language(text: str) -> str:
    """The language, among `aiprod.story.LANGUAGES`, that the text is most likely in; "en" when nothing tells."""
    scores = language_scores(text)
    best = max(scores, key=lambda language: (round(scores[language], 6), language == DEFAULT))
    return best if scores[best] > 0 else DEFAULT


def language_scores(text: str) -> dict[str, float]:
    """How much speaks for each language; only comparisons mean something."""
    folded = text[:_READ_CHARACTERS].lower().replace("’", "'")
    words = re.findall(r"[^\W\d_]+", re.sub(r"(?<=\w)'s\b", "", folded))
    tables = _word_tables()
    scores = dict.fromkeys(LANGUAGES, 0.0)
    owners = _OPENING.get(words[0], "").split() if len(words) > 1 else []
    for language in owners:
        scores[language] += _OPENING_WEIGHT / len(owners)
    for word in words[1:] if owners else words:
        small = tables[0].get(word, ())
        for language in small:
            scores[language] += _SMALL_WEIGHT / len(small) ** 0.5
        named = tables[1].get(word, ())
        for language in named:
            scores[language] += _TITLE_WEIGHT / len(named) ** 0.5
    size = max(1.0, len(words) / 4)
    for language, patterns in _SPELLING.items():
        found = sum(weight * len(re.findall(pattern, folded)) for pattern, weight in patterns)
        scores[language] += _SPELLING_WEIGHT * found / size**0.25
    if re.search(r"[a-z]", folded):
        scores[DEFAULT] += _ENGLISH_WEIGHT
    return scores


def _word_tables() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    if not _TABLES:
        _TABLES.extend((_invert(_SMALL_WORDS), _invert(_TITLE_WORDS)))
    return _TABLES[0], _TABLES[1]


def _invert(lists: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, words in lists.items():
        for word in set(words.split()):
            table[word] = (*table.get(word, ()), language)
    return table


_TABLES: Final[list[dict[str, tuple[str, ...]]]] = []
