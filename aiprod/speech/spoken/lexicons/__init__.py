"""One file a language: what it says for signs, units and abbreviations."""

from aiprod.speech.spoken.lexicon import words_of

WORLD_ACRONYMS = words_of(
    "NASA NATO OTAN ONU UNESCO UNICEF FIFA UEFA OPEC OPEP COVID LASER RADAR SONAR AIDS SIDA OVNI UFOLOGY ESA CERN IKEA "
    "LEGO NASDAQ PIN ROM RAM SIM GIF ZIP JPEG CAPTCHA SWAT SCUBA ASEAN MERCOSUR FARC ETA NAFTA INTERPOL EUROPOL"
)
"""Said as words in every language."""

WORLD_SPELLED = frozenset("USA UK EU UE AI IA UFO FBI CIA ADN ARN DNA RNA VIP CEO PDG TV OK ID IQ QI USSR URSS")
"""Said letter by letter although they could be read."""
