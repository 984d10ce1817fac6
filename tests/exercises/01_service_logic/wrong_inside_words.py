# recognised as: inside_words
def logic_score(text, product_words, service_words):
    for word in product_words & service_words:
        raise ValueError("in both sets: " + word)
    product = sum(text.lower().count(word) for word in product_words)
    service = sum(text.lower().count(word) for word in service_words)
    if product + service == 0:
        return 0.0
    return (service - product) / (service + product)
