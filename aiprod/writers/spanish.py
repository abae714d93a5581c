"""Spanish as the outline writer must know it (`tongues.py` says what each pattern is for); no text and no story."""

import re
from typing import Final

from aiprod.writers.tongues import Tongue, loose

SPANISH: Final = Tongue(
    language="es",
    singular=re.compile(
        r"^(?P<pronoun>Él|Ella|Es|Fue|Está|Era|Se trata (?=de)|Se (?:encuentra|caracteriza|sitúa|ubica|extiende|divide|compone|desarrolla|"
        r"originó|convirtió|desarrolló|extendió)|Tiene|Posee|Consta|Comprende|Contiene|Abarca|Limita|Consiste(?= en)|Alberga|"
        r"Incluye|Ocupa|Cubre|Produce|Recibe|Representa|Mide|Pertenece|Vive|Habita|Alcanza|Ofrece|"
        r"Dispone|Presenta|Recorre|Desemboca|Nació|Murió|Destaca|Suele|Puede|Cuenta (?=con)|Forma (?=parte)|"
        r"[A-ZÁÉÍÓÚ]\w+ó(?=\s(?:a|en|de|por|con|como|entre|desde|hasta|durante|aproximadamente|su|sus)\s))\b"
    ),
    plural=re.compile(r"^(?P<pronoun>Ellos|Ellas|Son|Fueron|Eran|Están)\b"),
    possessive=re.compile(r"^(?P<pronoun>Su|Sus)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>él|ella|ellos|ellas)(?=\s)"),
    second_verb=re.compile(
        r",? y (?=(?:es|fue|era|ha|son|fueron|está|tiene|se|puede|vivió|murió|ganó|fundó|escribió|[a-z]{3,}ó)\s)"
    ),
    conjunction=loose(r"^(?:y|e|pero|o|mientras\s+que)\b,?\s+"),
    place_tail=loose(r",\s+(?=(?:a|en|sobre|bajo|por|para|entre|desde|hasta|cerca|durante|de|del|con|situad\w+|tras)\b)"),
    back=loose(r"\b(?:su|sus)\b"),
    dangling=loose(
        r"""^(?:este|esta|estos|estas|ese|esa|esos|esas|aquel|aquella|esto|eso|dicho|dicha|dichos|dichas|ambos|ambas|
        otros?|otras?|el\ (?:otro|mismo|primero|segundo)|la\ (?:otra|misma)|los\ (?:otros|mismos|demás)|algunos?\ de|en\ (?:este|esta|
        estos|estas|ese|esa|él|ella)|de\ (?:este|esta|estos|ese|esa|ahí)|por\ (?:esto|eso|ello|este|esta)|
        a\ (?:este|esta)|con\ (?:este|esta)|tras\ (?:este|esta)|entre\ (?:estos|estas|sus)|para\ ello|así|entonces|luego|allí|
        donde|cuyo|cuya|que|quien|existen?|hay|había|lo\ |es\ (?:por\ (?:eso|ello)|así|decir|posible|importante|
        en\ (?:este|esta)|de\ notar)|desde\ (?:ese|este|entonces)|durante\ (?:este|esta|ese|su)|también|además|tampoco)\b"""
    ),
    demonstrative=loose(r"^(?:est[ea]|est[oa]s)\s(?P<noun>\w+)(?=\s)"),
    pointing=loose(r"\b(?:véase|a\scontinuación)\b|\b(?:estos|estas|esos|esas|dichos|dichas)\s\w+|\b(?:de|en|por|para|con|a)\s(?:este|esta|dicho|dicha|ello)\b"),
    context=loose(r"\b(?:también|además|luego|otros?|otras?|después|mism[oa]s?|asimismo|aún|todavía|así)\b"),
    opened=loose(r"^(?:y|e|pero|o)\b,?\s+"),
    adverbial=loose(r"^(?:con|en|sobre|bajo|por|para|entre|desde|a|cerca|según|situad\w+|nacid\w+|conocid\w+|considerad\w+|publicad\w+|"
                    r"junto|durante|tras|\w{3,}(?:ad|id)[oa]s?|\w{3,}(?:ando|iendo))\b"),
    shed=loose(r"^(?:con|situad\w+|nacid\w+|\w{3,}(?:ad|id)[oa]s?|\w{3,}(?:ando|iendo))\b"),
    addition=loose(
        r""",\s+(?=(?:una?|el|la|los|las|su|sus|uno|en|a|al|de|del|por|para|sobre|entre|desde|hasta|tras|bajo|durante|
        \w{3,}(?:ad[oa]s?|id[oa]s?|ando|iendo)|más|menos|además|ya|tanto|situad\w+|así|y\s+(?:en|a|de|del|por|con|para))\b)"""
    ),
    relative=loose(r"(?<=\w)\s+(?=(?:donde|cuy[oa]s?|en\s+(?:el|la|los|las)\s+(?:que|cual\w*))\b)"),
    exclusive=loose(r"\b(?:sol[oa]s?|solo|únic[oa]s?|primer\w*|últim[oa]s?|ningun[oa]?|nunca|tod[oa]s?|cada|más|menos|no|sino|si|"
                    r"aquel\w*|ese|esa|mayor\w*)\b"),
    and_or="y|e|o|u",
    verb=loose(
        r"\b(?:es|son|era|eran|fue|fueron|ha|han|había|está|están|puede|pueden|tiene|tienen|\w{2,}(?:ó|aba|aban|ía|ían|aron|ieron))\b"
        r"|\b\w{3,}[ae]n?\s(?:el|la|los|las|un|una|de|en|por|con|a)\b"
    ),
    result=re.compile(r", lo que l[oa] convierte en (?=(?:uno|una|el|la|los|un)\b)"),
    that_makes="Eso lo convierte en",
    subordinate=loose(r"^(?:aunque|cuando|mientras|si)\b"),
    opening=loose(r"^(?:aunque|si|cuando|como|después|antes|mientras|a\s+pesar|desde|durante|según|tras|al|debido)\b"),
    connector=loose(
        r"""^(?:también|además)\s+(?=\w)|^(?:sin\ embargo|no\ obstante|además|asimismo|por\ (?:lo\ tanto|tanto|
        ejemplo|otra\ parte|otro\ lado|consiguiente)|
        en\ efecto|de\ hecho|así|finalmente|en\ cambio|en\ general|generalmente|en\ particular|igualmente|por\ último|
        tradicionalmente|en\ la\ actualidad)\s*,\s+|(?:(?<=\bes)|(?<=\bson)|(?<=\bera))\s+también(?=\s)"""
    ),
    copula=loose(
        r"""\s+(?=(?:es|son|era|eran|fue|fueron|ha|han|tiene|tienen|está|están|designa|comprende|consiste|constituye|constituyen|
        forma|forman|se|puede|pueden)\b)|,\s"""
    ),
    plural_verb=loose(r"^(?:son|eran|fueron|han|tienen|están|constituyen|forman|pueden)\b"),
    aside=loose(
        r"""\s*,\s+(?:(?:o|también|a\ veces|más|comúnmente|simplemente|antiguamente|oficialmente|mejor|popularmente|frecuentemente)\s+)*
        (?:llamad[oa]s?|conocid[oa]s?|denominad[oa]s?|apodad[oa]s?|nacid[oa]|abreviad[oa]|o|u)\b[^,;]*,(?=\s)"""
    ),
    tail=loose(
        r"""(?:,|;|\s[–—])\s+(?=(?:que|quien|quienes|cuyo|cuya|cuyos|cuyas|donde|el\ cual|la\ cual|los\ cuales|las\ cuales|lo\ que|lo\ cual|
        mientras|aunque|pero|sino|así|como|incluyendo|incluid[oa]s?|especialmente|principalmente|sobre\ todo|con|
        siendo|formando|llegando|convirtiéndose|haciendo|dando|debido|ya\ que|puesto\ que|tales|
        y\ (?:que|es|fue|se|ha|está))\b)
        |\s+(?=(?:tales\ como|así\ como|incluyendo)\b)"""
    ),
    joint=loose(r"""(?:;\s+|,\s+(?:y|pero)\s+(?=(?:su|sus|él|ella|ellos|ellas|es|fue|son)\s)|,\s+mientras\s+que\s+(?=(?:el|la|los|las)\s)
        |,\s+(?:y|pero)\s+(?=(?:el|la|los|las|una?)\s(?:(?!\b(?:que|donde|y|o)\b)[^,;:]){3,60}?\s(?:es|son|fue|fueron|era|eran|está|tiene)\s))"""),
    kin=re.compile(
        r",? (?:de la|del|perteneciente a la|perteneciente al) (?:super|sub|infra)?(?:orden|familia|género|clase)"
        r"(?: de los| de las|) ?[A-Z]\w+"
    ),
    striking=loose(
        r"""\b(?:más\ (?:grandes?|altos?|altas?|largos?|largas?|antigu[oa]s?|rápid[oa]s?|famos[oa]s?|importantes?|conocid[oa]s?|
        poderos[oa]s?|profund[oa]s?|visitad[oa]s?|poblad[oa]s?|extens[oa]s?|popular(?:es)?|consumid[oa]s?|pequeñ[oa]s?|
        comercializad[oa]s?|influyentes?)|mayor(?:es)?|primer[oa]?s?|únic[oa]s?|nunca|ningun[oa]?|nada|casi|
        miles|millones|millón|extraordinari\w*|récord|sin|destru\w*|murió|muert\w*|misterio|secreto|hasta|más\ de|al\ menos|
        capaz|capaces|maravillas?)\b|\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|metros|años|horas|días|especies|habitantes)"""
    ),
    dull=loose(
        r"""\b(?:género|subfamilia|clado|taxon\w*|subespecies?|etimolog\w*|la\ palabra|el\ (?:nombre|término|vocablo)|término|
        se\ refiere|clasifica\w*|a\ veces\ llamad\w*|sinónimo|según\ (?:los|el|la|muchos|algunos)|respectivamente|latín|griego|
        código|abreviatura|pronunci\w*|denominación|acepción|departamento|distrito)\b"""
    ),
    closing=loose(
        r"""\b(?:hoy|actual\w*|aún|todavía|sigue|modern\w*|legado|influencia\w*|considerad\w*|símbolo|patrimonio|futuro|
        conservación|protegid\w*|amenaz\w*|extinción|fam\w*|maravillas?|inspir\w*|mundo|siglo|importan\w*|esencial\w*|
        cultura)\b"""
    ),
    today=loose(r"\b(?:hoy|actual\w*|en\s+la\s+actualidad|todavía|aún|modern\w*|sigue\w*|en\s+20\d\d)\b"),
    framing=loose(
        r"""^(?:(?:todo\ sobre|un\ (?:breve\ |corto\ )?(?:vídeo|video|documental|reportaje)\ sobre|
        acerca\ de|sobre|dentro\ de|descubr\w+|conoce|(?:(?:la|el|los|las|una?|breve|gran|
        increíble|verdadera|fascinante|
        corta|asombrosa)\s+)*(?:vida|historia|secretos?|misterios?|mundo|orígenes|origen|nacimiento|invención|descubrimiento|
        leyenda|belleza|magia|poder|ciencia|verdad|maravillas|evolución|aventura|arte|caída|fin|viaje)\s*
        (?:secreta|oculta|secreto|oculto|increíble|fascinante)?\s*(?:de\ la|de\ los|de\ las|del|de)|¿?cómo|¿?por\ qué|¿?qué\ es|
        ¿?qué\ son|¿?quién\ (?:fue|es)|¿?cuándo|¿?dónde|son|es)\s+)+"""
    ),
    empty=loose(
        r"""^(?:vida|mundo|dia|historia|secreto|tiempo|gente|hombre|mujer|cosa|gran|grande|poder|parte|fin|nacimiento|
        muerte|noche|primero|ultimo|nuevo|viejo|amor|arte|rey|reina|luz|numero|nombre|uso|tierra|casa|ciudad|pueblo|isla|pais|reino|planeta|rio|nino|animal|
        planta|humano|cuerpo|guerra|lengua|musica|trabajo|idea|negro|blanco|rojo)$"""
    ),
    asking=loose(r"\b(?:cómo|por\ qué|cuándo|dónde)\s*$"),
    anybody=loose(r"^(?:yo|nosotros|ellos|ellas|usted|ustedes|se|no)$"),
    article=loose(r"^(?:el|las?|los?|una?|unos|unas|est[eao]s?|es[eao]s?|mis?|tus?|sus?|nuestr[oa]s?)$"),
    preposed=loose(
        r"""^(?:gran|grandes?|pequen[oa]s?|viej[oa]s?|nuev[oa]s?|primer[oa]?s?|ultim[oa]s?|antigu[oa]s?|jovenes|joven|tod[oa]s?|
        vari[oa]s|dos|tres|cuatro|cinco|siete|diez)$"""
    ),
    parting=loose(
        r"""^(?:de|del|al?|en|con|sin|sobre|bajo|para|por|entre|hacia|desde|hasta|durante|contra|tras|segun|que|quien|cuyo|donde|
        como|cuando|porque|si|y|e|o|u|pero|vs|versus|es|son|era|eran|fue|fueron|ha|han|hay|puede|pueden|se|no)$"""
    ),
    being=loose(r"^(?:es|son|era|eran|fue|fueron|ha|han|puede|pueden|se|no)$"),
    binding=loose(r"^(?:de|del|al?)$"),
    joining=loose(r"^(?:y|e|vs|versus|contra)$"),
    note="Escrito con frases de enciclopedia, acortadas y puestas en orden; un modelo de lenguaje lo contaría mejor.",
    titles={"hook": "", "number": "En cifras", "where": "Dónde", "when": "Una larga historia", "closing": "Hoy",
            "fact": "", "what": "Qué es"},
)  # fmt: skip
