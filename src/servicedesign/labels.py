"""Labels in more than one language, and the fixed words of maps and blueprints.

A label is a text, or a dict from language to text: ``{"en": "Pay", "fi": "Maksa"}``.
The fixed words are bilingual too, so that a map can be drawn in Finnish for a
Finnish team while the page around it is English.
"""

from explorables.language import _

WORDS = {
    "journey": {"en": "Customer journey", "fi": "Asiakaspolku"},
    "blueprint": {"en": "Service blueprint", "fi": "Palvelun prosessikaavio"},
    "actual": {"en": "as it happened", "fi": "toteutunut"},
    "planned": {"en": "as planned", "fi": "suunniteltu"},
    "current": {"en": "as it usually goes", "fi": "nykytila"},
    "future": {"en": "as it could be", "fi": "tavoitetila"},
    "before": {"en": "Before", "fi": "Ennen"},
    "during": {"en": "During", "fi": "Aikana"},
    "after": {"en": "After", "fi": "Jälkeen"},
    "step": {"en": "Step", "fi": "Vaihe"},
    "feeling": {"en": "Feeling", "fi": "Tunne"},
    "quote": {"en": "In their words", "fi": "Omin sanoin"},
    "importance": {"en": "How much it matters", "fi": "Kuinka tärkeä"},
    "channel": {"en": "Channel", "fi": "Kanava"},
    "owner": {"en": "In whose hands", "fi": "Kenen käsissä"},
    "status": {"en": "Evidence status", "fi": "Näytön aste"},
    "time": {"en": "Time and risk", "fi": "Aika ja riski"},
    "insights": {"en": "What we learned", "fi": "Mitä opimme"},
    "need": {"en": "The need", "fi": "Tarve"},
    "peak": {"en": "peak", "fi": "huippu"},
    "peak_note": {
        "en": "peak: the strongest moment, on a tie the bad one",
        "fi": "huippu: voimakkain hetki, tasan mennessä huono",
    },
    "end": {"en": "end", "fi": "loppu"},
    "no_rating": {"en": "not rated", "fi": "ei arvioitu"},
    "fails": {"en": "fails", "fi": "pettää"},
    "steps": {"en": "steps", "fi": "vaihetta"},
    "brand": {"en": "the firm", "fi": "yritys"},
    "partner": {"en": "a partner", "fi": "kumppani"},
    "customer_owner": {"en": "the customer", "fi": "asiakas"},
    "social": {"en": "other people", "fi": "muut ihmiset"},
    "observed": {"en": "observed", "fi": "havaittu"},
    "reported": {"en": "reported", "fi": "kerrottu"},
    "assumed": {"en": "assumed", "fi": "oletettu"},
    "proposed": {"en": "proposed", "fi": "ehdotettu"},
    "in_person": {"en": "face to face", "fi": "kasvokkain"},
    "phone": {"en": "phone call", "fi": "puhelu"},
    "web": {"en": "web", "fi": "verkko"},
    "app": {"en": "app", "fi": "sovellus"},
    "email": {"en": "e-mail", "fi": "sähköposti"},
    "message": {"en": "message", "fi": "viesti"},
    "social_media": {"en": "social media", "fi": "some"},
    "print": {"en": "print, sign", "fi": "painettu, kyltti"},
    "place": {"en": "place", "fi": "paikka"},
    "machine": {"en": "machine", "fi": "laite"},
    "object": {"en": "object", "fi": "esine"},
    "evidence": {"en": "What can be seen and touched", "fi": "Näkyvät merkit"},
    "customer": {"en": "The customer", "fi": "Asiakas"},
    "frontstage": {"en": "Frontstage", "fi": "Näyttämö"},
    "backstage": {"en": "Backstage", "fi": "Taustatoiminta"},
    "support": {"en": "Support", "fi": "Tukitoiminnot"},
    "interaction": {"en": "line of interaction", "fi": "vuorovaikutuksen raja"},
    "visibility": {"en": "line of visibility", "fi": "näkyvyyden raja"},
    "internal": {"en": "line of internal interaction", "fi": "sisäisen vuorovaikutuksen raja"},
    "handoffs": {"en": "Hand-offs", "fi": "Siirrot"},
    "failure_points": {"en": "Fail points and plans", "fi": "Epäonnistumiskohdat ja suunnitelmat"},
    "plan": {"en": "Plan", "fi": "Suunnitelma"},
    "no_plan": {"en": "no plan yet", "fi": "ei vielä suunnitelmaa"},
    "very_good": {"en": "very good", "fi": "erittäin hyvä"},
    "neutral": {"en": "neutral", "fi": "neutraali"},
    "very_bad": {"en": "very bad", "fi": "erittäin huono"},
}


def say(label, language: str = "en") -> str:
    """Return a label in a language, or in one that it has; "" if it has none.

    Parameters
    ----------
    label : str or dict
        A text, or texts by language code.
    language : str
        The language wanted, such as "fi".
    """
    if isinstance(label, str):
        return label
    if not isinstance(label, dict):
        return ""
    for code in [language, "en"] + sorted([key for key in label if isinstance(key, str)]):
        text = label.get(code)
        if isinstance(text, str) and text.strip():
            return text
    return ""


def word(key: str, language: str = "en") -> str:
    """Return a fixed word; one that this module does not know stands as it is, in words."""
    if key not in WORDS:
        return key.replace("_", " ")
    return WORDS[key].get(language) or _(WORDS[key]["en"])
