"""English as the outline writer must know it (`tongues.py` says what each pattern is for); no text and no story."""

import re
from typing import Final

from aiprod.writers.tongues import Tongue, loose

ENGLISH: Final = Tongue(
    language="en",
    singular=re.compile(r"^(?P<pronoun>It|He|She)\b(?='?\s)"),
    plural=re.compile(r"^(?P<pronoun>They)\b"),
    possessive=re.compile(r"^(?P<pronoun>Its|His|Her|Their)\s"),
    inner=re.compile(r"(?<=, )(?P<pronoun>he|she|it|they)(?=\s(?!(?:is|was)\s(?:\w+\s)?that\b))"),
    second_verb=re.compile(
        r"(?<!ed),? and (?=(?:later |then |also |eventually |soon )?(?!(?:[a-z]+ed|built|made|held|won|fought)\sby\b)"
        r"(?:[a-z]{3,}ed|led|was|were|is|are|has|had|became|ruled|won|wrote|"
        r"made|began|built|gave|took|held|spread|fought|fell|rose|grew|can|feeds?|lives?|uses?)\s(?:a|an|the|his|her|its|their|"
        r"in|on|by|to|as|from|for|with|many|several|one|two|three|over|more|among|first|at|only)\b)"
    ),
    conjunction=loose(r"^(?:and|but|or|while)\b,?\s+"),
    place_tail=loose(r",\s+(?=(?:in|on|at|from|to|as|near|between|during|until|along|by|under|over|across|within|around|of)\b)"),
    back=loose(r"\b(?:its|it|their|they|his|her|he|she|him)\b"),
    dangling=loose(
        r"""^(?:this|these|that|those|such|the\ (?:former|latter|same|other|resulting|two|three|four)
        |the\ (?:first|second|third)\ (?:is|was|are|were|has|had|of|and|one|two|three)
        |another|others?|both|neither|one\ of\ (?:these|them)|some\ of\ (?:these|them)|many\ of\ (?:these|them)
        |most\ of\ (?:these|them)|the\ following|here|so|thus|then|it\ (?:was|is|has\ been)\ (?:not\ )?
        (?:\w+ly\ )?(?:believed|thought|estimated|said|unclear|possible|likely|known|possible|generally|only)
        |the\ (?:order|genus|family|species|group|term)\ (?:consists|comprises|contains|includes|has)
        |who|which|whose|at\ (?:this|that)|during\ (?:this|that)|by\ (?:this|that)|in\ (?:this|that|these|such)
        |from\ (?:this|that)|for\ this|because\ of\ (?:this|its|their)|due\ to\ (?:this|its|their)|with\ this
        |alongside|as\ (?:such|a\ result)|all\ (?:these|of\ these|other|three|four|of\ them)
        |despite|instead|each\ of|several\ of|part\ of)\b"""
    ),
    demonstrative=loose(r"^(?:this|these)\s(?P<noun>\w+)(?=\s(?!of\b))"),
    pointing=loose(r"\b(?:infobox|see\sthe|see\sbelow|the\sfollowing)\b|\b(?:these|those)\s\w+|\b(?:in|by|with|for|from|of)\s(?:this|such)\b|,\s(?:and|but)\sthis\b"),
    context=loose(r"\b(?:later|also|nonetheless|nevertheless|however|other|others|another|then|too|same|again|still|further|likewise)\b"),
    opened=loose(r"^(?:and|but|or)\b,?\s+"),
    adverbial=loose(r"^(?:with|in|on|at|by|from|for|throughout|through|over|across|under|among|amongst|within|between|around|"
                    r"located|situated|born|based|known|widely|largely|highly|often|once|only|alongside|along|near|\w+ed|\w+ing)\b"),
    shed=loose(r"^(?:with|located|situated|born|based|known|widely|\w+(?:ed|ing))\b"),
    addition=loose(
        r""",\s+(?=(?:an?|the|one\s+of|its|his|her|their|some|most|many|both|home|part|second|third|smaller|larger|
        [a-z]{3,}(?:ed|ing)|known|built|made|born|written|seen|then|now|formerly|later|as|in|on|at|from|to|by|between|
        during|along|under|over|across|within|around|near|for|against|through|throughout|of|each|all|rather|not|
        and\s+(?:also|later|then|more|other|the\s+\w+\s+(?:of|in)|as|in|on|at|from|to|by|for))\b)"""
    ),
    relative=loose(r"(?<!\bis)(?<!\bwas)(?<!\bso)(?<!,)\s+(?=(?:that(?!\sof\b)|which|who)\s)"),
    exclusive=loose(r"\b(?:only|first|last|no|none|never|all|every|each|any|most|\w+est|the\s+(?:sole|same)|few|not|if|whether|"
                    r"says?|said|states?|believed?|claims?|show(?:s|ed|n)?|found|argued?|suggests?|means?|so|such)\b"),
    and_or="and|or",
    verb=loose(
        r"\b(?:is|are|was|were|has|have|had|can|could|may|might|will|would|do|does|did|became|made|led|began|[a-z]{3,}ed"
        r"|weighs?|lives?|feeds?|makes?|contains?|includes?|comprises?|consists?|ranges?|varies|occurs?|forms?|gives?|takes?"
        r"|remains?|continues?|grows?|uses?|supports?|refers?|represents?|travels?|moves?|carries|covers?|produces?)\b"
    ),
    result=re.compile(r", making (?:it|him|her|them) (?=(?:one of|the|a|an)\s)"),
    that_makes="That makes it",
    subordinate=loose(r"^(?:while|although|though|if|when|because|since)\b"),
    opening=loose(r"^(?:while|although|though|if|when|since|because|as|after|before|despite|unlike|like|following|during)\b"),
    connector=loose(
        r"""^however\s+|^(?:however|therefore|thus|moreover|furthermore|in\ addition|additionally|also|consequently|nevertheless
        |nonetheless|for\ example|for\ instance|in\ fact|indeed|by\ contrast|in\ contrast|similarly|likewise|finally
        |as\ a\ result|as\ of\ (?:\w+\ )?\d{4}|overall|in\ particular|specifically|traditionally|on\ the\ other\ hand
        |hence|meanwhile|generally)\s*,\s+
        |(?:(?<=\bis)|(?<=\bare)|(?<=\bwas)|(?<=\bwere)|(?<=\bhas)|(?<=\bhave)|(?<=\bcan))\s+also(?=\s)"""
    ),
    copula=loose(
        r"""\s+(?=(?:is|are|was|were|has|have|had|can|may|refers|describes|comprises?|consists?|occurs?|sank|took|began
        |forms?|involves?|includes?|makes?|became|ruled|served|lived|developed)\b)|,\s"""
    ),
    plural_verb=loose(r"^(?:are|were|have|form|comprise|consist|occur|make|include)\b"),
    aside=loose(
        r"""\s*,\s+(?:(?:or|also|sometimes|often|commonly|formerly|simply|better|officially|originally|later|more|most|
        colloquially|historically|usually|informally|formally|either|variously)\s+)*(?:known|called|named|spelled|
        spelt|referred\ to|abbreviated|stylized|stylised|shortened|written|rendered|short\ for|born|or)\b
        (?:[^.;]{0,200}?,(?=\s(?:is|are|was|were)\b)|[^,;]*,(?=\s(?!\w+,\s(?:or|and)\b)))"""
    ),
    tail=loose(
        r"""(?:,|;|\s[–—])\s+(?=(?:in\ the\ case\ of|which|who|whom|whose|where|when|while|whereas|although|though|including|with|such\ as|
        making|reaching|allowing|enabling|resulting|leading|ranging|causing|giving|giving|becoming|being|having|
        forming|creating|producing|providing|covering|extending|spanning|using|serving|followed|especially|
        particularly|notably|mainly|primarily|usually|often|because|since|until|after|before|due|except|
        and\s+(?:was|is|are|were|has|have|had|is|can)|but)\b)
        |\s+(?=(?:such\ as|including|due\ to|as\ well\ as|characteri[sz]ed\ by|in\ which|by\ which|with\ the\ result)\b)"""
    ),
    joint=loose(
        r"""(?:;\s+|,\s+(?:and|but)\s+(?=(?:it|they|he|she|its|their|his|her|there)\s)
        |,\s+while\s+(?=(?:the|it|they|he|she|its|their|his|her)\s)
        |,\s+(?:and|but)\s+(?=(?:the|an?)\s(?:(?!\b(?:that|which|who|whose|where|and|or)\b)[^,;:]){3,60}?\s(?:is|are|was|were|has|have|had)\s))"""
    ),
    kin=re.compile(
        r"(?<!member)(?<!members)(?<!species)(?<!genus)(?<!group),? (?:of|in|within|from|belonging to) the "
        r"(?:\w+ )?(?:order|family|genus|class|phylum|suborder|infraorder|subfamily|subclass|tribe|kingdom|"
        r"superfamily|clade|infraclass) [A-Z]\w+,?(?:,? (?:of|in|within|and|and of) the (?:\w+ )?"
        r"(?:order|family|genus|class|phylum|suborder|infraorder|subfamily|tribe) [A-Z]\w+)*"
    ),
    striking=loose(
        r"""\b(?:largest|biggest|longest|tallest|highest|deepest|oldest|fastest|smallest|heaviest|hottest|coldest|
        brightest|strongest|deadliest|greatest|richest|earliest|most\ (?:famous|important|powerful|popular|successful|
        common|intelligent|visited|influential|abundant|valuable|expensive|widely|dangerous|recognizable|recognisable|
        spoken|complex)|first|only|never|nothing|no\ other|anything|unique|entire|almost\ every|almost\ entirely|even|
        million|billion|trillion|thousands|million|extraordinar\w*|remarkabl\w*|radically|squeeze|escape|deadly|lost|
        mystery|secret|survive[ds]?|killed|destroyed|record|without|wonders?|able\ to|up\ to|more\ than|at\ least|
        over\ \d|as\ much\ as)\b|\d+(?:[.,]\d+)?\s?(?:%|°|km|m\b|kg|t\b|metres|meters|years|hours|days|people|species)"""
    ),
    dull=loose(
        r"""\b(?:genus|genera|subfamily|superfamily|infraorder|suborder|clade|taxon\w*|subspecies|etymolog\w*|
        the\ (?:order|family|word|name|term)|terms?\ is|derive[sd]?\ from\ the|refers?\ to|classified|classification|cladistic|
        formally|informal|sometimes\ (?:called|used)|synonym\w*|disambiguation|usually\ defined|is\ defined|
        according\ to|scholars|sources|parvorders?|sister\ group|phylogen\w*|ISO|UTC|ISBN|abbreviat\w*|spelled|
        pronounced|usages?|definitions?|
        denotes?|lowercase|nicknamed?|sense|article|respectively|namely|latin|greek|family\ \w+idae|order\ \w+)\b"""
    ),
    closing=loose(
        r"""\b(?:today|still|now|modern|legacy|influence\w*|remain\w*|regarded|considered|symbol|heritage|future|
        conservation|protected|endangered|threat\w*|extinct\w*|famous|celebrated|wonders?|inspir\w*|ever\ since|
        throughout|world|all\ over|importance|important|crucial|essential|culture)\b"""
    ),
    today=loose(r"\b(?:today|nowadays|currently|still|now|modern|contemporary|presently|as\s+of\s+20\d\d|remains?)\b"),
    framing=loose(
        r"""^(?:(?:the|a|an|all\ about|about|everything\ about|tell\ me\ about|discover|explore|exploring|inside|into|meet|
        introducing|understanding|(?:a\ |the\ )?(?:short\ |brief\ |true\ |untold\ |real\ |amazing\ |incredible\ |
        fascinating\ |strange\ |great\ |whole\ |complete\ |little-known\ )*(?:secret|hidden|double|private|inner|daily)?
        \s*(?:life|lives|story|stories|history|world|secrets?|mystery|mysteries|origins?|birth|facts|wonders|science|
        magic|power|beauty|legend|truth|tale|art|guide|introduction|evolution|invention|discovery|journey|adventure)
        \s+(?:of|about|behind|to|in)|(?:short\ |quick\ |mini\ |little\ )*(?:documentary|film|movie|video|reel|clip|short|
        explainer|lesson|introduction)\s+(?:about|on|of)|how|why|what|when|where|who|is|are|was|were|do|does|did|can|makes?|causes?|happens?|
        the\ amazing|\d+\ facts)
        \s+)+"""
    ),
    empty=loose(
        r"""^(?:work|works|life|world|day|story|secret|history|time|people|man|woman|way|thing|making|made|great|power|
        part|end|birth|death|night|live|lives|first|last|new|old|big|love|art|light|number|name|use|land|
        water|home|house|city|town|village|island|country|kingdom|planet|child|animal|bird|plant|human|body|earth|war|language|music|food|sound|reason|idea|event)$"""
    ),
    asking=loose(r"\b(?:how|why|when|where|do|does|did|can|makes?|(?:how|why|when|where)\s(?:is|are|was|were))(?:\s(?:the|an?))*\s*$"),
    anybody=loose(r"^(?:i|we|you|they|he|she|people|humans|to)$"),
    article=loose(r"^(?:the|an?|this|these|that|those|my|your|his|her|its|our|their|some|all|every|each|most)$"),
    preposed=loose(r"^(?:great|big|baby|wild|giant|tiny|young|male|female|adult|beautiful|strange|rare|"
                   r"little|old|new|small|first|last|real|true|amazing|famous|many|two|three|four|five|seven|ten)$"),
    parting=loose(
        r"""^(?:of|in|on|at|for|from|to|by|with|without|about|during|into|onto|between|under|over|after|before|as|like|than|
        which|who|whose|whom|when|where|why|how|what|because|since|until|through|across|against|around|inside|behind|beyond|
        among|near|along|above|below|while|if|but|or|and|vs|versus|is|are|was|were|be|been|has|have|had|do|does|did|can|could|
        will|would|should|may|might|must)$"""
    ),
    being=loose(r"^(?:is|are|was|were|has|have|had|do|does|did|can|could|will|would|should|may|might|must)$"),
    binding=loose(r"^of$"),
    joining=loose(r"^(?:and|vs|versus)$"),
    note="Written from encyclopedia sentences, shortened and put in order; a language model would tell it better.",
    titles={"hook": "", "number": "In numbers", "where": "Where", "when": "A long history", "closing": "Today",
            "fact": "", "what": "What it is"},
)  # fmt: skip
