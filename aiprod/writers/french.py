"""French as the outline writer must know it (`tongues.py` says what each pattern is for); no text and no story."""

import re
from typing import Final

from aiprod.writers.tongues import Tongue, loose

FRENCH: Final = Tongue(
    language="fr",
    singular=re.compile(r"^(?P<pronoun>Il s['’]agit(?= de| d['’]| du)|Il|Elle|C['’]est)(?!\w)"),
    plural=re.compile(r"^(?P<pronoun>Ils|Elles|Ce sont)\b"),
    possessive=re.compile(r"^(?P<pronoun>Son|Sa|Ses|Leur|Leurs)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>il|elle|ils|elles)(?=\s(?!s['’]agit|est\s(?:\w+\s)?qu|y a|faut|existe))"),
    second_verb=re.compile(
        r",? et (?=(?:est|était|sont|étaient|fut|furent|a|ont|devient|devint|met|mène|fait|vit|vivent|peut(?!-)|peuvent|se|s['’]|joue|"
        r"reste|compte|possède|règne|remporte|fonde|crée|découvre|publie|écrit|dirige|commence|meurt)\b)"
    ),
    conjunction=loose(r"^(?:et|mais|ou|tandis\s+que)\b,?\s+"),
    place_tail=loose(
        r",\s+(?=(?:à|au|aux|dans|en|sur|sous|par|pour|entre|depuis|près|vers|chez|avant|après|pendant|lors|de|du|des|situ\w+|"
        r"d['’])(?:\b|(?<=['’])))"
    ),
    back=loose(r"\b(?:son|sa|ses|leur|leurs|il|elle|ils|elles)\b"),
    dangling=loose(
        r"""^(?:ce|cet|cette|ces|celui|celle|ceux|celles|celui-ci|celle-ci|ceux-ci|celles-ci|auxquel\w*|duquel|
        desquel\w*|lesquel\w*|de\ tels|de\ telles|ce\ dernier|tous\ deux|cela|ceci|
        ces\ derniers|les\ deux|l'autre|un\ autre|une\ autre|d'autres|d'autre|certains|certaines|plusieurs\ d'entre|
        on\ l['’]|on\ les?|on\ la|on\ y|dans\ ce|dans\ cette|dans\ ces|de\ ce|de\ cette|à\ ce|
        à\ cette|pour\ ce|pour\ cela|pour\ cette|
        y\ |dont|où|qui|selon\ ce|il\ (?:est|a\ été)\ (?:possible|probable|
        admis|difficile|établi)|il\ (?:existe|faut|y\ a|n['’]y\ a)|en\ ce\ sens|c['’]est\ (?:pourquoi|alors|ainsi|
        le\ cas|là|à|dans|en|sous|par|donc|également\ le\ cas|aussi\ le\ cas|lors|avec|grâce)|là|ainsi|alors|puis|
        enfin\b|parmi\ (?:ces|ses|eux|elles)|outre)\b"""
    ),
    demonstrative=loose(r"^(?:ce|cet|cette|ces)\s(?P<noun>\w+)(?=\s)"),
    pointing=loose(r"^(?!.*\bnée?s?\b).*\bmorte?\sle\b|\b(?:voir|ci-dessous|ci-contre|ci-après)\b|\bces\s\w+|\b(?:de|dans|par|pour|avec|à|et)\s(?:ce|cet|cette|celui-ci|celle-ci)\b"),
    context=loose(r"\b(?:également|aussi|ensuite|puis|autres?|ainsi|alors|même|encore|toutefois|cependant|néanmoins|sinon)\b"),
    opened=loose(r"^(?:et|mais|ou)\b,?\s+"),
    adverbial=loose(r"^(?:avec|dans|en|sur|sous|par|pour|entre|depuis|près|vers|à|au|aux|lors|parmi|chez|selon|situ\w+|né\w*|fort\w*|"
                    r"largement|souvent|d['’]abord|d['’]une?|originaire|connue?s?|considérée?s?|publiée?s?|\w{3,}ant|\w{4,}ée?s?)\b"),
    shed=loose(r"^(?:avec|situ\w+|né\w*|fort\w*|originaire|\w{3,}ant|\w{4,}ée?s?)\b"),
    addition=loose(
        r""",\s+(?=(?:une?|le|la|les|l['’](?=\w)|des|du|de|d['’](?=\w)|son|sa|ses|leurs?|à|au|aux|en|par|pour|sous|sur|dans|entre|
        depuis|après|avant|lors|jusqu\w*|\w{3,}(?:ées?|és?|ies?|ant)|situ\w+|remplac\w+|construite?s?|écrite?s?|plus|moins|
        non|parfois|souvent|et\s+(?:du|de\s+la|des|de\s+l['’]|à|au|aux|en|par|pour|dans|sur))(?:\b|(?<=['’])))"""
    ),
    relative=loose(r"(?<=\w)\s+(?=(?:qui|dont|où)\b)"),
    exclusive=loose(r"\b(?:seule?s?|unique|premi\w+|derni\w+|aucune?|jamais|tous|toutes?|chaque|nulle?|plus|moins|peu|ne|n['’]|si|"
                    r"celle?s?|ceux|celui|ce|la\s+plupart)\b"),
    and_or="et|ou",
    verb=loose(
        r"\b(?:est|sont|était|étaient|fut|furent|a|ont|avait|avaient|peut|peuvent|doit|fait|font|vit|vivent|va|vont|"
        r"\w{3,}(?:ent|ait|aient|ît|ise|iste|tient|vient))\b|\b\w{3,}e\s(?:le|la|les|un|une|des|du|de|à|en|dans|sur|par)\b"
    ),
    result=re.compile(r", ce qui en (?:fait|font) (?=(?:l['’]un|l['’]une|le|la|les|un|une)\b)"),
    that_makes="Cela en fait",
    subordinate=loose(r"^(?:bien\s+qu|lorsqu|puisqu|si\b|quand\b)"),
    opening=loose(r"^(?:bien\s+qu|si|quand|lorsqu|puisqu|comme|après|avant|malgré|depuis|pendant|dès|selon|contrairement|alors\s+qu)"),
    connector=loose(
        r"""^(?:cependant|toutefois|néanmoins|par\ ailleurs|de\ plus|en\ outre|en\ effet|ainsi|par\ exemple|par\ conséquent|
        en\ revanche|au\ contraire|également|aussi|enfin|en\ particulier|notamment|traditionnellement|de\ même|
        en\ astronomie|en\ astrophysique|en\ zoologie|en\ biologie|en\ physique|en\ géographie|en\ géologie|en\ médecine|
        en\ botanique|en\ chimie|en\ mathématiques|en\ anatomie|en\ informatique|en\ musique|en\ pratique|en\ général|
        généralement)\s*,\s+|(?:(?<=\best)|(?<=\bsont)|(?<=\bétait)|(?<=\bont))\s+également(?=\s)"""
    ),
    copula=loose(
        r"""\s+(?=(?:est|sont|était|étaient|fut|furent|a|ont|désigne|désignent|forment|forme|constitue|constituent|
        regroupe|regroupent|comprend|appartenaient|appartiennent|représente|correspond|consiste|peut|peuvent|se)\b)|,\s"""
    ),
    plural_verb=loose(r"^(?:sont|étaient|furent|ont|désignent|forment|constituent|regroupent|appartenaient|appartiennent|peuvent)\b"),
    aside=loose(
        r"""\s*,?\s+(?:né|née)\b.{0,200}?,?(?=\s(?:est|était|fut|a\s)\b)
        |\s*,\s+(?:(?:ou|aussi|également|parfois|souvent|encore|plus|communément|simplement|rarement|anciennement|
        autrefois|spécifiquement|couramment|généralement|dite?s?)\s+)*(?:appelée?s?|nommée?s?|désignée?s?|connue?s?|dite?s?|
        surnommée?s?|abrégée?|née?s?|terme|ou|soit|mieux\ connue?|de\ son\ nom)\b[^,;]*
        (?:,\s+(?:ou|et|mort|morte|plus\ rarement)\b[^,;]*){0,2},(?=\s)"""
    ),
    tail=loose(
        r"""(?:,|;|\s[–—])\s+(?=(?:qui|que|qu'|dont|où|lequel|laquelle|lesquels|notamment|avec|comme|tel|telle|tels|telles|
        tandis|alors|bien|mais|ce\ qui|afin|car|puis|puisque|ainsi\ que|y\ compris|grâce|formant|faisant|donnant|
        permettant|allant|couvrant|principalement|surtout|soit|
        et\ (?:qui|dont|a|est|sont|fut|était|se))\b)
        |\s+(?=(?:tels\ que|telles\ que|tel\ que|telle\ que|ainsi\ que|notamment|y\ compris)\b)"""
    ),
    joint=loose(
        r"""(?:\s*;\s+|,\s+(?:et|mais)\s+(?=(?:il|elle|ils|elles|son|sa|ses|leur|leurs)\s)
        |,\s+tandis\s+qu(?:e\s+|['’])(?=(?:le|la|les|l['’]|il|elle|ils|elles)\b)|\s:\s(?=(?:il|elle|ils|elles)\s)
        |,\s+(?:et|mais)\s+(?=(?:le\s|la\s|les\s|l['’]|une?\s)(?:(?!\b(?:qui|que|dont|où|et|ou)\b)[^,;:]){3,60}?\s(?:est|sont|était|étaient|fut|furent|a|ont)\s))"""
    ),
    kin=re.compile(
        r"(?<!sein)(?<!actuel)(?<!actuelle)(?<!seul)(?<!espèce)(?<!membre)(?<!membres)(?<!représentant)"
        r",? (?:de l['’]|de la |du |appartenant à la |appartenant à l['’]|dans la |dans l['’])(?:super-|sous-|infra-|grande )?"
        r"(?:[Oo]rdre|[Ff]amille|[Gg]enre|[Cc]lasse|[Ee]mbranchement)(?: des| de la| de l['’]| du| de|) ?[A-ZÉ]\w+,?"
        r"(?: et (?:de l['’]|de la |du )(?:super-|sous-|infra-)?(?:[Oo]rdre|[Ff]amille|[Gg]enre)(?: des| de la| du| de|) ?[A-ZÉ]\w+,?)*"
    ),
    striking=loose(
        r"""\b(?:plus\ (?:grande?s?|petite?s?|haute?s?|longue?s?|vieux|vieille|ancienne?s?|rapides?|célèbres?|connue?s?|
        important\w*|puissante?s?|meurtri\w*|visitée?s?|peuplée?s?|gros|grosse|profonde?s?|chaude?s?|froide?s?|lourde?s?|riche|
        répandue?s?|consommée?s?|forte?s?|étendue?s?|élevée?s?)|première?s?|premiers?|seule?s?|unique|jamais|aucune?|rien|toute\ forme|
        presque|milliers|millions?|milliards?|extraordinaire\w*|remarquable\w*|record|sans|survi\w*|détrui\w*|disparu\w*|mort|
        mystère|secret|jusqu['’]à|plus\ d['’]|plus\ de|au\ moins|capables?|échapper|merveilles?|exception\w*)\b
        |\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|mètres?|ans|années|heures|jours|espèces|habitants)"""
    ),
    dull=loose(
        r"""\b(?:genre|sous-famille|super-famille|infra-ordre|sous-ordre|clade|taxon\w*|sous-espèces?|étymolog\w*|
        le\ (?:mot|nom|terme)|désigné\w*|désigne|terme|classée?s?|classification|parfois\ appelé\w*|synonyme|au\ sens|nom\ commun|
        vernaculaire|selon\ les\ (?:auteurs|sources)|respectivement|latin|grec|famille\ des|ordre\ des|code|adresse|
        abrégé\w*|prononc\w*|notation|siège|gentilé|commune|arrondissement)\b"""
    ),
    closing=loose(
        r"""\b(?:aujourd'hui|encore|toujours|actuel\w*|moderne|héritage|influence\w*|reste|demeure|considérée?s?|symbole|
        patrimoine|avenir|conservation|protégée?s?|menac\w*|disparition|célèbre\w*|merveilles?|inspir\w*|monde|
        siècle|importan\w*|essentiel\w*|crucial\w*|culture|hommage)\b"""
    ),
    today=loose(r"\b(?:aujourd['’]hui|de\s+nos\s+jours|actuel\w*|actuellement|désormais|toujours|encore|moderne\w*|en\s+20\d\d)\b"),
    framing=loose(
        r"""^(?:(?:tout\ savoir\ sur|tout\ sur|à\ propos\ (?:de|du|des|d['’])|au\ cœur\ (?:de|du|des|d['’])|
        découvr\w+|comprendre|il\ était\ une\ fois|
        (?:un|une)\ (?:court\ |courte\ |petit\ |petite\ )?(?:film|documentaire|vidéo|reportage)\ sur|
        dans\ (?:la\ tête|le\ secret|les\ secrets|la\ peau)\ (?:de|du|des|d['’])|
        (?:(?:la|le|les|l['’]|une?|des?|petite?|grande?|courte|brève|vraie|véritable|incroyable|fabuleuse|fascinante?|folle|étonnante?|
        extraordinaire|longue|merveilleuse|mystérieuse|secrète)\s*)*
        (?:vie|histoire|secrets?|mystères?|monde|univers|origines?|naissance|invention|découverte|légende|beauté|magie|pouvoir|
        science|vérité|merveilles|évolution|aventure|art|incroyable|règne|mort|fin|chute|voyage)\s*
        (?:secrète|cachée|fabuleuse|fascinante|incroyable|intime|quotidienne|méconnue|extraordinaire|secret|caché)?\s*
        (?:de\ la|de\ l['’]|des|du|de|d['’])|comment|pourquoi|qu['’]est-ce\ qu(?:e|['’])|qui\ (?:est|était)|quand|où|que|
        est-ce\ que|sont|est)\s*)+"""
    ),
    empty=loose(
        r"""^(?:vie|monde|jour|histoire|secret|temps|gens|homme|femme|chose|grand|grande|pouvoir|partie|fin|naissance|
        mort|nuit|premier|dernier|nouveau|vieux|amour|art|roi|reine|lumiere|nombre|nom|usage|terre|eau|maison|ville|village|ile|pays|royaume|planete|fleuve|enfant|
        animal|oiseau|plante|humain|corps|guerre|langue|musique|travail|idee|noir|blanc|rouge|champ|serie)$"""
    ),
    asking=loose(r"\b(?:comment|pourquoi|quand|où)\s*$"),
    anybody=loose(r"^(?:je|on|nous|vous|ils?|elles?|se|ne|en|y)$"),
    article=loose(r"^(?:les?|la|l|une?|cet|cette|ces|mon|ma|mes|ton|ta|tes|son|sa|ses|nos|notre|vos|votre|leurs?)$"),
    preposed=loose(
        r"""^(?:grande?s?|petite?s?|beaux?|bel|belles?|vieux|vieil|vieilles?|nouveaux?|nouvel|nouvelles?|premiere?s?|derniere?s?|
        anciens?|anciennes?|jeunes?|gros|grosses?|vraie?s?|tous|toute?s?|plusieurs|quelques|deux|trois|quatre|cinq|sept|dix)$"""
    ),
    parting=loose(
        r"""^(?:du|des?|d|a|au|aux|en|dans|sur|sous|pour|par|avec|sans|chez|entre|vers|depuis|pendant|apres|avant|contre|contra|
        qui|que|dont|ou|comment|pourquoi|quand|lorsque|si|et|mais|vs|versus|ce|se|ne|est|sont|etait|etaient|ont|fut|furent|peut|
        peuvent|doit|doivent|fait|font)$"""
    ),
    being=loose(r"^(?:est|sont|etait|etaient|ont|fut|furent|peut|peuvent|doit|doivent|fait|font|a|se|ne)$"),
    binding=loose(r"^(?:du|des?|d|a|au|aux)$"),
    joining=loose(r"^(?:et|vs|versus|contre)$"),
    note="Écrit à partir de phrases d'encyclopédie, raccourcies et mises en ordre ; un modèle de langue raconterait mieux.",
    titles={"hook": "", "number": "En chiffres", "where": "Où", "when": "Une longue histoire",
            "closing": "Aujourd'hui", "fact": "", "what": "Ce que c'est"},
)  # fmt: skip
