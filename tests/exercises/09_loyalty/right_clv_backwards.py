# right: from the last year back to the first, each step discounted once
def clv(margin, survival, rate, first):
    if first != "now" and first != "later":
        raise ValueError("first is now or later")
    if rate < 0:
        raise ValueError("rate below 0")
    if list(survival[:1]) != [1]:
        raise ValueError("survival begins with 1")
    if list(survival) != sorted(survival, reverse=True) or survival[-1] < 0:
        raise ValueError("survival only falls, and not below 0")
    worth = 0
    for share in reversed(survival[1:]):
        worth = (worth + margin * share) / (1 + rate)
    return worth + margin if first == "now" else worth
