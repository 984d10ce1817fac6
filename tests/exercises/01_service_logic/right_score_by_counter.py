# right: signs made spaces, then a counter
from collections import Counter


def logic_score(text, product_words, service_words):
    common = sorted(set(product_words).intersection(service_words))
    if common:
        raise ValueError(f"both: {common}")
    said = Counter("".join(sign if sign.isalpha() else " " for sign in text.lower()).split())
    product = sum(said[word] for word in product_words)
    service = sum(said[word] for word in service_words)
    return (service - product) / max(service + product, 1)
