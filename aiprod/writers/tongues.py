"""What the outline writer must know of a language: pronouns, connectors, words that make a fact striking or dull.

Knows grammar's small change in English, French and Spanish; no text and no story.
"""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language's patterns. All are matched against a whole sentence, case-insensitively unless they say so."""

    language: str
    singular: re.Pattern[str]
    """A sentence that starts with a pronoun for one thing or person."""
    plural: re.Pattern[str]
    possessive: re.Pattern[str]
    inner: re.Pattern[str]
    """A pronoun that is the subject after an opening: "As a statesman, he implemented..."."""
    second_verb: re.Pattern[str]
    """The "and" before a second verb of the same subject."""
    conjunction: re.Pattern[str]
    """What a split leaves at the start."""
    place_tail: re.Pattern[str]
    """Where and when, after a sentence's only comma."""
    back: re.Pattern[str]
    """A word inside a sentence that points back at the subject."""
    dangling: re.Pattern[str]
    """A start that needs the sentence before and cannot be mended."""
    pointing: re.Pattern[str]
    """Words that point at the sentence before, anywhere."""
    context: re.Pattern[str]
    """Words that tie a sentence to one before: it cannot open a story."""
    verb: re.Pattern[str]
    """What shows that a piece is a sentence."""
    result: re.Pattern[str]
    """The start of a clause that says what all this makes of the subject; told on its own after `that_makes`."""
    that_makes: str
    opening: re.Pattern[str]
    """A start that leaves the main clause for later."""
    connector: re.Pattern[str]
    """A start that can be taken off."""
    copula: re.Pattern[str]
    """Where the first sentence's subject ends and its verb begins."""
    plural_verb: re.Pattern[str]
    aside: re.Pattern[str]
    """Insertions between commas that name the subject again."""
    tail: re.Pattern[str]
    """Where a long sentence may be cut: what follows only adds."""
    joint: re.Pattern[str]
    """Where a sentence falls apart into two whole ones."""
    kin: re.Pattern[str]
    """Where it stands in the tree of life: taken out."""
    striking: re.Pattern[str]
    dull: re.Pattern[str]
    closing: re.Pattern[str]
    framing: re.Pattern[str]
    """What a theme wraps around its subject."""
    empty: re.Pattern[str]
    """Words of themes, folded, that name nothing by themselves."""
    note: str
    titles: dict[str, str]


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


ENGLISH: Final = Tongue(
    language="en",
    singular=re.compile(r"^(?P<pronoun>It|He|She)\b(?='?\s)"),
    plural=re.compile(r"^(?P<pronoun>They)\b"),
    possessive=re.compile(r"^(?P<pronoun>Its|His|Her|Their)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>he|she|it|they)(?=\s(?!(?:is|was)\s(?:\w+\s)?that\b))"),
    second_verb=re.compile(
        r"(?<!ed),? and (?=(?:later |then |also |eventually |soon )?(?:[a-z]{3,}ed|led|was|were|is|are|has|had|became|ruled|won|wrote|"
        r"made|began|built|gave|took|held|spread|fought|fell|rose|grew|can|feeds?|lives?|uses?)\s(?:a|an|the|his|her|its|their|"
        r"in|on|by|to|as|from|for|with|many|several|one|two|three|over|more|among|first|at|only)\b)"
    ),
    conjunction=_i(r"^(?:and|but|or|while)\b,?\s+"),
    place_tail=_i(r",\s+(?=(?:in|on|at|from|to|as|near|between|during|until|along|by|under|over|across|within|around|of)\b)"),
    back=_i(r"\b(?:its|it|their|they|his|her|he|she|him)\b"),
    dangling=_i(
        r"""^(?:this|these|that|those|such|the\ (?:former|latter|same|other|resulting|two|three|four|first|second|third)
        |another|others?|both|neither|one\ of\ (?:these|them)|some\ of\ (?:these|them)|many\ of\ (?:these|them)
        |most\ of\ (?:these|them)|the\ following|here|so|thus|then|it\ (?:was|is|has\ been)\ (?:not\ )?
        (?:\w+ly\ )?(?:believed|thought|estimated|said|unclear|possible|likely|known|possible|generally|only)
        |the\ (?:order|genus|family|species|group|term)\ (?:consists|comprises|contains|includes|has)
        |who|which|whose|at\ (?:this|that)|during\ (?:this|that)|by\ (?:this|that)|in\ (?:this|that|these|such)
        |from\ (?:this|that)|for\ this|because\ of\ (?:this|its|their)|due\ to\ (?:this|its|their)|with\ (?:this|its)
        |alongside|as\ (?:such|a\ result)|all\ (?:these|of\ these|other|three|four|of\ them)|in\ (?:his|her|its|their)
        |despite|instead|each\ of|several\ of|part\ of)\b"""
    ),
    pointing=_i(r"\b(?:infobox|see\sthe|see\sbelow|the\sfollowing)\b|\b(?:these|those)\s\w+|\b(?:in|by|with|for|from|of)\s(?:this|such)\b|,\s(?:and|but)\sthis\b"),
    context=_i(r"\b(?:later|also|nonetheless|nevertheless|however|other|others|another|then|too|same|again|still|further|likewise)\b"),
    verb=_i(
        r"\b(?:is|are|was|were|has|have|had|can|could|may|might|will|would|do|does|did|became|made|led|began|[a-z]{3,}ed"
        r"|weighs?|lives?|feeds?|makes?|contains?|includes?|comprises?|consists?|ranges?|varies|occurs?|forms?|gives?|takes?"
        r"|remains?|continues?|grows?|uses?|supports?|refers?|represents?|travels?|moves?|carries|covers?|produces?)\b"
    ),
    result=re.compile(r", making (?:it|him|her|them) (?=(?:one of|the|a|an)\s)"),
    that_makes="That makes it",
    opening=_i(r"^(?:while|although|though|if|when|since|because|as|after|before|despite|unlike|like|following|during)\b"),
    connector=_i(
        r"""^however\s+|^(?:however|therefore|thus|moreover|furthermore|in\ addition|additionally|also|consequently|nevertheless
        |nonetheless|for\ example|for\ instance|in\ fact|indeed|by\ contrast|in\ contrast|similarly|likewise|finally
        |as\ a\ result|as\ of\ (?:\w+\ )?\d{4}|overall|in\ particular|specifically|traditionally|on\ the\ other\ hand
        |hence|meanwhile|generally)\s*,\s+"""
    ),
    copula=_i(
        r"""\s+(?=(?:is|are|was|were|has|have|had|can|may|refers|describes|comprises?|consists?|occurs?|sank|took|began
        |forms?|involves?|includes?|makes?|became|ruled|served|lived|developed)\b)|,\s"""
    ),
    plural_verb=_i(r"^(?:are|were|have|form|comprise|consist|occur|make|include)\b"),
    aside=_i(
        r"""\s*,\s+(?:(?:or|also|sometimes|often|commonly|formerly|simply|better|officially|originally|later|more|most|
        colloquially|historically|usually|informally|formally|either|variously)\s+)*(?:known|called|named|spelled|
        spelt|referred\ to|abbreviated|stylized|stylised|shortened|written|rendered|short\ for|born|or)\b
        (?:[^.;]{0,120}?,(?=\s(?:is|are|was|were)\b)|[^,;]*,(?=\s))"""
    ),
    tail=_i(
        r"""(?:,|;|\s[–—])\s+(?=(?:in\ the\ case\ of|which|who|whom|whose|where|when|while|whereas|although|though|including|with|such\ as|
        making|reaching|allowing|enabling|resulting|leading|ranging|causing|giving|giving|becoming|being|having|
        forming|creating|producing|providing|covering|extending|spanning|using|serving|followed|especially|
        particularly|notably|mainly|primarily|usually|often|because|since|until|after|before|due|except|
        and\s+(?:was|is|are|were|has|have|had|is|can)|but)\b)
        |\s+(?=(?:such\ as|including|due\ to|as\ well\ as|characteri[sz]ed\ by|in\ which|by\ which|with\ the\ result)\b)"""
    ),
    joint=_i(
        r"""(?:;\s+|,\s+(?:and|but)\s+(?=(?:it|they|he|she|its|their|his|her|there)\s)
        |,\s+while\s+(?=(?:the|it|they|he|she|its|their|his|her)\s))"""
    ),
    kin=re.compile(
        r"(?<!member)(?<!members)(?<!species)(?<!genus)(?<!group),? (?:of|in|within|from|belonging to) the (?:\w+ )?(?:order|family|genus|class|phylum|suborder|infraorder|subfamily|"
        r"subclass|tribe|kingdom|superfamily|clade|infraclass) [A-Z]\w+,?(?:,? (?:of|in|within|and|and of) the (?:\w+ )?"
        r"(?:order|family|genus|class|phylum|suborder|infraorder|subfamily|tribe) [A-Z]\w+)*"
    ),
    striking=_i(
        r"""\b(?:largest|biggest|longest|tallest|highest|deepest|oldest|fastest|smallest|heaviest|hottest|coldest|
        brightest|strongest|deadliest|greatest|richest|earliest|most\ (?:famous|important|powerful|popular|successful|
        common|intelligent|visited|influential|abundant|valuable|expensive|widely|dangerous|recognizable|recognisable|
        spoken|complex)|first|only|never|nothing|no\ other|anything|unique|entire|almost\ every|almost\ entirely|even|
        million|billion|trillion|thousands|million|extraordinar\w*|remarkabl\w*|radically|squeeze|escape|deadly|lost|
        mystery|secret|survive[ds]?|killed|destroyed|record|without|wonders?|able\ to|up\ to|more\ than|at\ least|
        over\ \d|as\ much\ as)\b|\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|metres|meters|years|hours|days|people|species)"""
    ),
    dull=_i(
        r"""\b(?:genus|genera|subfamily|superfamily|infraorder|suborder|clade|taxon\w*|subspecies|etymolog\w*|
        the\ (?:order|family|word|name|term)|terms?\ is|derive[sd]?\ from\ the|refers?\ to|classified|classification|cladistic|
        formally|informal|sometimes\ (?:called|used)|synonym\w*|disambiguation|usually\ defined|is\ defined|
        according\ to|scholars|sources|parvorders?|sister\ group|phylogen\w*|ISO|UTC|ISBN|abbreviat\w*|spelled|
        pronounced|denotes?|lowercase|nicknamed?|sense|article|respectively|namely|latin|greek|family\ \w+idae|order\ \w+)\b"""
    ),
    closing=_i(
        r"""\b(?:today|still|now|modern|legacy|influence\w*|remain\w*|regarded|considered|symbol|heritage|future|
        conservation|protected|endangered|threat\w*|extinct\w*|famous|celebrated|wonders?|inspir\w*|ever\ since|
        throughout|world|century|all\ over|importance|important|crucial|essential|culture)\b"""
    ),
    framing=_i(
        r"""^(?:(?:the|a|an|all\ about|about|everything\ about|tell\ me\ about|discover|explore|exploring|inside|into|meet|
        introducing|understanding|(?:a\ |the\ )?(?:short\ |brief\ |true\ |untold\ |real\ |amazing\ |incredible\ |
        fascinating\ |strange\ |great\ |whole\ |complete\ |little-known\ )*(?:secret|hidden|double|private|inner|daily)?
        \s*(?:life|lives|story|stories|history|world|secrets?|mystery|mysteries|origins?|birth|facts|wonders|science|
        magic|power|beauty|legend|truth|tale|art|guide|introduction|evolution|invention|discovery|journey|adventure)
        \s+(?:of|about|behind|to|in)|how|why|what|when|where|who|is|are|was|were|do|does|did|can|the\ amazing|\d+\ facts)
        \s+)+"""
    ),
    empty=_i(
        r"""^(?:work|works|life|world|day|story|secret|history|time|people|man|woman|way|thing|making|made|great|power|
        part|end|birth|death|night|live|lives|first|last|new|old|big|love|art|king|queen|light|number|name|use|land|
        water|home|house|child|animal|bird|plant|human|body|earth|war|language|music|food|sound|reason|idea|event)$"""
    ),
    note="Written from encyclopedia sentences, shortened and put in order; a language model would tell it better.",
    titles={"hook": "", "number": "In numbers", "where": "Where", "when": "A long history", "closing": "Today",
            "fact": "", "what": "What it is"},
)  # fmt: skip

FRENCH: Final = Tongue(
    language="fr",
    singular=re.compile(r"^(?P<pronoun>Il|Elle|C['’]est|Il s['’]agit(?= de| d['’]| du))(?!\w)"),
    plural=re.compile(r"^(?P<pronoun>Ils|Elles|Ce sont)\b"),
    possessive=re.compile(r"^(?P<pronoun>Son|Sa|Ses|Leur|Leurs)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>il|elle|ils|elles)(?=\s(?!s['’]agit|est\s(?:\w+\s)?qu|y a|faut|existe))"),
    second_verb=re.compile(
        r",? et (?=(?:est|était|sont|étaient|fut|furent|a|ont|devient|devint|met|mène|fait|vit|vivent|peut(?!-)|peuvent|se|s['’]|joue|"
        r"reste|compte|possède|règne|remporte|fonde|crée|découvre|publie|écrit|dirige|commence|meurt)\b)"
    ),
    conjunction=_i(r"^(?:et|mais|ou|tandis\s+que)\b,?\s+"),
    place_tail=_i(
        r",\s+(?=(?:à|au|aux|dans|en|sur|sous|par|pour|entre|depuis|près|vers|chez|avant|après|pendant|lors|de|du|des|situ\w+|"
        r"d['’])(?:\b|(?<=['’])))"
    ),
    back=_i(r"\b(?:son|sa|ses|leur|leurs|il|elle|ils|elles)\b"),
    dangling=_i(
        r"""^(?:ce|cet|cette|ces|celui|celle|ceux|celles|celui-ci|celle-ci|ceux-ci|celles-ci|auxquel\w*|duquel|desquel\w*|lesquel\w*|de\ tels|de\ telles|ce\ dernier|tous\ deux|
        ces\ derniers|les\ deux|l'autre|un\ autre|une\ autre|d'autres|d'autre|certains|certaines|plusieurs\ d'entre|
        on\ l['’]|on\ les?|on\ la|on\ y|dans\ ce|dans\ cette|dans\ ces|dans\ son|dans\ sa|de\ ce|de\ cette|à\ ce|à\ cette|pour\ ce|pour\ cela|pour\ cette|
        à\ son|à\ sa|de\ son|de\ sa|avec\ son|avec\ sa|par\ son|par\ sa|y\ |dont|où|qui|selon\ ce|il\ (?:est|a\ été)\ (?:possible|probable|
        admis|difficile|établi)|il\ (?:existe|faut|y\ a|n['’]y\ a)|en\ ce\ sens|c['’]est\ (?:pourquoi|alors|ainsi|
        le\ cas|là|à|dans|en|sous|par|donc|également\ le\ cas|aussi\ le\ cas|lors|avec|grâce)|là|ainsi|alors|puis|enfin\b|parmi\ (?:ces|ses|eux|elles)|outre)\b"""
    ),
    pointing=_i(r"\b(?:voir|ci-dessous|ci-contre|ci-après)\b|\bces\s\w+|\b(?:de|dans|par|pour|avec|à|et)\s(?:ce|cet|cette|celui-ci|celle-ci)\b"),
    context=_i(r"\b(?:également|aussi|ensuite|puis|autres?|ainsi|alors|même|encore|toutefois|cependant|néanmoins|sinon)\b"),
    verb=_i(
        r"\b(?:est|sont|était|étaient|fut|furent|a|ont|avait|avaient|peut|peuvent|doit|fait|font|vit|vivent|va|vont|"
        r"\w{3,}(?:ent|ait|aient|ît|ise|iste|tient|vient))\b|\b\w{3,}e\s(?:le|la|les|un|une|des|du|de|à|en|dans|sur|par)\b"
    ),
    result=re.compile(r", ce qui en (?:fait|font) (?=(?:l['’]un|l['’]une|le|la|les|un|une)\b)"),
    that_makes="Cela en fait",
    opening=_i(r"^(?:bien\s+qu|si|quand|lorsqu|puisqu|comme|après|avant|malgré|depuis|pendant|dès|selon|contrairement|alors\s+qu)"),
    connector=_i(
        r"""^(?:cependant|toutefois|néanmoins|par\ ailleurs|de\ plus|en\ outre|en\ effet|ainsi|par\ exemple|par\ conséquent|
        en\ revanche|au\ contraire|également|aussi|enfin|en\ particulier|notamment|traditionnellement|de\ même|
        en\ astronomie|en\ astrophysique|en\ zoologie|en\ biologie|en\ physique|en\ géographie|en\ géologie|en\ médecine|
        en\ botanique|en\ chimie|en\ mathématiques|en\ anatomie|en\ informatique|en\ musique|en\ pratique|en\ général|
        généralement)\s*,\s+"""
    ),
    copula=_i(
        r"""\s+(?=(?:est|sont|était|étaient|fut|furent|a|ont|désigne|désignent|forment|forme|constitue|constituent|
        regroupe|regroupent|comprend|appartenaient|appartiennent|représente|correspond|consiste|peut|peuvent|se)\b)|,\s"""
    ),
    plural_verb=_i(r"^(?:sont|étaient|furent|ont|désignent|forment|constituent|regroupent|appartenaient|appartiennent|peuvent)\b"),
    aside=_i(
        r"""\s*,?\s+(?:né|née)\b.{0,200}?,?(?=\s(?:est|était|fut|a\s)\b)
        |\s*,\s+(?:(?:ou|aussi|également|parfois|souvent|encore|plus|communément|simplement|rarement|anciennement|
        autrefois|spécifiquement|couramment|généralement|dite?s?)\s+)*(?:appelée?s?|nommée?s?|désignée?s?|connue?s?|dite?s?|
        surnommée?s?|abrégée?|née?s?|terme|ou|soit|mieux\ connue?|de\ son\ nom)\b[^,;]*
        (?:,\s+(?:ou|et|mort|morte)\b[^,;]*){0,2},(?=\s)"""
    ),
    tail=_i(
        r"""(?:,|;|\s[–—])\s+(?=(?:qui|que|qu'|dont|où|lequel|laquelle|lesquels|notamment|avec|comme|tel|telle|tels|telles|
        tandis|alors|bien|mais|ce\ qui|afin|car|puis|puisque|ainsi\ que|y\ compris|grâce|formant|faisant|donnant|permettant|allant|couvrant|principalement|surtout|soit|
        et\ (?:qui|dont|a|est|sont|fut|était|se))\b)
        |\s+(?=(?:tels\ que|telles\ que|tel\ que|telle\ que|ainsi\ que|notamment|y\ compris)\b)"""
    ),
    joint=_i(
        r"""(?:\s*;\s+|,\s+(?:et|mais)\s+(?=(?:il|elle|ils|elles|son|sa|ses|leur|leurs)\s)
        |,\s+tandis\s+qu(?:e\s+|['’])(?=(?:le|la|les|l['’]|il|elle|ils|elles)\b)|\s:\s(?=(?:il|elle|ils|elles)\s))"""
    ),
    kin=re.compile(
        r"(?<!sein)(?<!actuel)(?<!actuelle)(?<!seul)(?<!espèce)(?<!membre)(?<!membres)(?<!représentant)"
        r",? (?:de l['’]|de la |du |appartenant à la |appartenant à l['’]|dans la |dans l['’])(?:super-|sous-|infra-|grande )?"
        r"(?:[Oo]rdre|[Ff]amille|[Gg]enre|[Cc]lasse|[Ee]mbranchement)(?: des| de la| de l['’]| du| de|) ?[A-ZÉ]\w+,?"
        r"(?: et (?:de l['’]|de la |du )(?:super-|sous-|infra-)?(?:[Oo]rdre|[Ff]amille|[Gg]enre)(?: des| de la| du| de|) ?[A-ZÉ]\w+,?)*"
    ),
    striking=_i(
        r"""\b(?:plus\ (?:grande?s?|petite?s?|haute?s?|longue?s?|vieux|vieille|ancienne?s?|rapides?|célèbres?|connue?s?|
        important\w*|puissante?s?|meurtri\w*|visitée?s?|peuplée?s?|gros|grosse|profonde?s?|chaude?s?|froide?s?|lourde?s?|riche|
        répandue?s?|consommée?s?|forte?s?|étendue?s?|élevée?s?)|première?s?|premiers?|seule?s?|unique|jamais|aucune?|rien|toute\ forme|
        presque|milliers|millions?|milliards?|extraordinaire\w*|remarquable\w*|record|sans|survi\w*|détrui\w*|disparu\w*|mort|
        mystère|secret|jusqu['’]à|plus\ d['’]|plus\ de|au\ moins|capables?|échapper|merveilles?|exception\w*)\b
        |\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|mètres?|ans|années|heures|jours|espèces|habitants)"""
    ),
    dull=_i(
        r"""\b(?:genre|sous-famille|super-famille|infra-ordre|sous-ordre|clade|taxon\w*|sous-espèces?|étymolog\w*|
        le\ (?:mot|nom|terme)|désigné\w*|désigne|terme|classée?s?|classification|parfois\ appelé\w*|synonyme|au\ sens|nom\ commun|
        vernaculaire|selon\ les\ (?:auteurs|sources)|respectivement|latin|grec|famille\ des|ordre\ des|code|adresse|
        abrégé\w*|prononc\w*|notation|siège|gentilé|commune|arrondissement)\b"""
    ),
    closing=_i(
        r"""\b(?:aujourd'hui|encore|toujours|actuel\w*|moderne|héritage|influence\w*|reste|demeure|considérée?s?|symbole|
        patrimoine|avenir|conservation|protégée?s?|menac\w*|disparition|célèbre\w*|merveilles?|inspir\w*|monde|
        siècle|importan\w*|essentiel\w*|crucial\w*|culture|hommage)\b"""
    ),
    framing=_i(
        r"""^(?:(?:tout\ savoir\ sur|tout\ sur|à\ propos\ (?:de|du|des|d['’])|au\ cœur\ (?:de|du|des|d['’])|découvr\w+|comprendre|il\ était\ une\ fois|
        dans\ (?:la\ tête|le\ secret|les\ secrets|la\ peau)\ (?:de|du|des|d['’])|
        (?:(?:la|le|les|l['’]|une?|des?|petite?|grande?|courte|brève|vraie|véritable|incroyable|fabuleuse|fascinante?|folle|étonnante?|
        extraordinaire|longue|merveilleuse|mystérieuse|secrète)\s*)*
        (?:vie|histoire|secrets?|mystères?|monde|univers|origines?|naissance|invention|découverte|légende|beauté|magie|pouvoir|
        science|vérité|merveilles|évolution|aventure|art|incroyable|règne|mort|fin|chute|voyage)\s*
        (?:secrète|cachée|fabuleuse|fascinante|incroyable|intime|quotidienne|méconnue|extraordinaire|secret|caché)?\s*
        (?:de\ la|de\ l['’]|des|du|de|d['’])|comment|pourquoi|qu['’]est-ce\ qu(?:e|['’])|qui\ (?:est|était)|quand|où|que|
        est-ce\ que|sont|est|vivent|vit)\s*)+"""
    ),
    empty=_i(
        r"""^(?:vie|monde|jour|histoire|secret|temps|gens|homme|femme|chose|grand|grande|pouvoir|partie|fin|naissance|
        mort|nuit|premier|dernier|nouveau|vieux|amour|art|roi|reine|lumiere|nombre|nom|usage|terre|eau|maison|enfant|
        animal|oiseau|plante|humain|corps|guerre|langue|musique|travail|idee|noir|blanc|rouge|champ|serie)$"""
    ),
    note="Écrit à partir de phrases d'encyclopédie, raccourcies et mises en ordre ; un modèle de langue raconterait mieux.",
    titles={"hook": "", "number": "En chiffres", "where": "Où", "when": "Une longue histoire",
            "closing": "Aujourd'hui", "fact": "", "what": "Ce que c'est"},
)  # fmt: skip

SPANISH: Final = Tongue(
    language="es",
    singular=re.compile(r"^(?P<pronoun>Él|Ella|Es|Fue|Está|Era|Se trata (?=de))\b"),
    plural=re.compile(r"^(?P<pronoun>Ellos|Ellas|Son|Fueron|Eran|Están)\b"),
    possessive=re.compile(r"^(?P<pronoun>Su|Sus)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>él|ella|ellos|ellas)(?=\s)"),
    second_verb=re.compile(
        r",? y (?=(?:es|fue|era|ha|son|fueron|está|tiene|se|puede|vivió|murió|ganó|fundó|escribió|[a-z]{3,}ó)\s)"
    ),
    conjunction=_i(r"^(?:y|e|pero|o|mientras\s+que)\b,?\s+"),
    place_tail=_i(r",\s+(?=(?:a|en|sobre|bajo|por|para|entre|desde|hasta|cerca|durante|de|del|con|situad\w+|tras)\b)"),
    back=_i(r"\b(?:su|sus)\b"),
    dangling=_i(
        r"""^(?:este|esta|estos|estas|ese|esa|esos|esas|aquel|aquella|esto|eso|dicho|dicha|dichos|dichas|ambos|ambas|
        otros?|otras?|el\ (?:otro|mismo|primero|segundo)|la\ (?:otra|misma)|los\ (?:otros|mismos|demás)|algunos?\ de|en\ (?:este|esta|
        estos|estas|ese|esa|su|sus|él|ella)|de\ (?:este|esta|estos|ese|esa|ahí|su|sus)|por\ (?:esto|eso|ello|este|esta|su)|
        a\ (?:este|esta|su|sus)|con\ (?:este|esta|su)|tras\ (?:su|este|esta)|entre\ (?:estos|estas|sus)|para\ ello|así|entonces|luego|allí|
        donde|cuyo|cuya|que|quien|existen?|hay|había|lo\ |es\ (?:por\ (?:eso|ello)|así|decir|posible|importante|
        en\ (?:este|esta)|de\ notar)|desde\ (?:ese|este|entonces)|durante\ (?:este|esta|ese|su)|también|además|tampoco)\b"""
    ),
    pointing=_i(r"\b(?:véase|a\scontinuación)\b|\b(?:estos|estas|esos|esas|dichos|dichas)\s\w+|\b(?:de|en|por|para|con|a)\s(?:este|esta|dicho|dicha|ello)\b"),
    context=_i(r"\b(?:también|además|luego|otros?|otras?|después|mism[oa]s?|asimismo|aún|todavía|así)\b"),
    verb=_i(
        r"\b(?:es|son|era|eran|fue|fueron|ha|han|había|está|están|puede|pueden|tiene|tienen|\w{2,}(?:ó|aba|aban|ía|ían|aron|ieron))\b"
        r"|\b\w{3,}[ae]n?\s(?:el|la|los|las|un|una|de|en|por|con|a)\b"
    ),
    result=re.compile(r", lo que l[oa] convierte en (?=(?:uno|una|el|la|los|un)\b)"),
    that_makes="Eso lo convierte en",
    opening=_i(r"^(?:aunque|si|cuando|como|después|antes|mientras|a\s+pesar|desde|durante|según|tras|al|debido)\b"),
    connector=_i(
        r"""^(?:también|además)\s+(?=\w)|^(?:sin\ embargo|no\ obstante|además|asimismo|por\ (?:lo\ tanto|tanto|ejemplo|otra\ parte|otro\ lado|consiguiente)|
        en\ efecto|de\ hecho|así|finalmente|en\ cambio|en\ general|generalmente|en\ particular|igualmente|por\ último|
        tradicionalmente|en\ la\ actualidad)\s*,\s+"""
    ),
    copula=_i(
        r"""\s+(?=(?:es|son|era|eran|fue|fueron|ha|han|tiene|tienen|está|están|designa|comprende|consiste|constituye|constituyen|
        forma|forman|se|puede|pueden)\b)|,\s"""
    ),
    plural_verb=_i(r"^(?:son|eran|fueron|han|tienen|están|constituyen|forman|pueden)\b"),
    aside=_i(
        r"""\s*,\s+(?:(?:o|también|a\ veces|más|comúnmente|simplemente|antiguamente|oficialmente|mejor|popularmente|frecuentemente)\s+)*
        (?:llamad[oa]s?|conocid[oa]s?|denominad[oa]s?|apodad[oa]s?|nacid[oa]|abreviad[oa]|o|u)\b[^,;]*,(?=\s)"""
    ),
    tail=_i(
        r"""(?:,|;|\s[–—])\s+(?=(?:que|quien|quienes|cuyo|cuya|cuyos|cuyas|donde|el\ cual|la\ cual|los\ cuales|las\ cuales|lo\ que|lo\ cual|
        mientras|aunque|pero|sino|así|como|incluyendo|incluid[oa]s?|especialmente|principalmente|sobre\ todo|con|siendo|formando|llegando|convirtiéndose|haciendo|dando|debido|ya\ que|puesto\ que|tales|
        y\ (?:que|es|fue|se|ha|está))\b)
        |\s+(?=(?:tales\ como|así\ como|incluyendo)\b)"""
    ),
    joint=_i(r"""(?:;\s+|,\s+(?:y|pero)\s+(?=(?:su|sus|él|ella|ellos|ellas|es|fue|son)\s)|,\s+mientras\s+que\s+(?=(?:el|la|los|las)\s))"""),
    kin=re.compile(
        r",? (?:de la|del|perteneciente a la|perteneciente al) (?:super|sub|infra)?(?:orden|familia|género|clase)"
        r"(?: de los| de las|) ?[A-Z]\w+"
    ),
    striking=_i(
        r"""\b(?:más\ (?:grandes?|altos?|altas?|largos?|largas?|antigu[oa]s?|rápid[oa]s?|famos[oa]s?|importantes?|conocid[oa]s?|
        poderos[oa]s?|profund[oa]s?|visitad[oa]s?|poblad[oa]s?|extens[oa]s?|popular(?:es)?|consumid[oa]s?|pequeñ[oa]s?|
        comercializad[oa]s?|influyentes?)|mayor(?:es)?|primer[oa]?s?|únic[oa]s?|nunca|ningun[oa]?|nada|casi|
        miles|millones|millón|extraordinari\w*|récord|sin|destru\w*|murió|muert\w*|misterio|secreto|hasta|más\ de|al\ menos|
        capaz|capaces|maravillas?)\b|\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|metros|años|horas|días|especies|habitantes)"""
    ),
    dull=_i(
        r"""\b(?:género|subfamilia|clado|taxon\w*|subespecies?|etimolog\w*|la\ palabra|el\ (?:nombre|término|vocablo)|término|
        se\ refiere|clasifica\w*|a\ veces\ llamad\w*|sinónimo|según\ (?:los|el|la|muchos|algunos)|respectivamente|latín|griego|
        código|abreviatura|pronunci\w*|denominación|acepción|departamento|distrito)\b"""
    ),
    closing=_i(
        r"""\b(?:hoy|actual\w*|aún|todavía|sigue|modern\w*|legado|influencia\w*|considerad\w*|símbolo|patrimonio|futuro|
        conservación|protegid\w*|amenaz\w*|extinción|fam\w*|maravillas?|inspir\w*|mundo|siglo|importan\w*|esencial\w*|
        cultura)\b"""
    ),
    framing=_i(
        r"""^(?:(?:todo\ sobre|acerca\ de|sobre|dentro\ de|descubr\w+|conoce|(?:(?:la|el|los|las|una?|breve|gran|increíble|verdadera|fascinante|
        corta|asombrosa)\s+)*(?:vida|historia|secretos?|misterios?|mundo|orígenes|origen|nacimiento|invención|descubrimiento|
        leyenda|belleza|magia|poder|ciencia|verdad|maravillas|evolución|aventura|arte|caída|fin|viaje)\s*
        (?:secreta|oculta|secreto|oculto|increíble|fascinante)?\s*(?:de\ la|de\ los|de\ las|del|de)|¿?cómo|¿?por\ qué|¿?qué\ es|
        ¿?qué\ son|¿?quién\ (?:fue|es)|¿?cuándo|¿?dónde|viven?|funcionan?)\s+)+"""
    ),
    empty=_i(
        r"""^(?:vida|mundo|dia|historia|secreto|tiempo|gente|hombre|mujer|cosa|gran|grande|poder|parte|fin|nacimiento|
        muerte|noche|primero|ultimo|nuevo|viejo|amor|arte|rey|reina|luz|numero|nombre|uso|tierra|casa|nino|animal|
        planta|humano|cuerpo|guerra|lengua|musica|trabajo|idea|negro|blanco|rojo)$"""
    ),
    note="Escrito con frases de enciclopedia, acortadas y puestas en orden; un modelo de lenguaje lo contaría mejor.",
    titles={"hook": "", "number": "En cifras", "where": "Dónde", "when": "Una larga historia", "closing": "Hoy",
            "fact": "", "what": "Qué es"},
)  # fmt: skip

TONGUES: Final = {tongue.language: tongue for tongue in (ENGLISH, FRENCH, SPANISH)}
