# recognised as: turned_round
import re


def logic_score(text, product_words, service_words):
    for word in product_words & service_words:
        raise ValueError("in both sets: " + word)
    words = re.findall(r"[^\W\d_]+", text.lower())
    product = sum(word in product_words for word in words)
    service = sum(word in service_words for word in words)
    if product + service == 0:
        return 0.0
    return (product - service) / (service + product)
