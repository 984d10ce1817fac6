# recognised as: for_free
import random


def simulate_decision(spend, beliefs, seed, runs=1000):
    for lever, euros in spend.items():
        if lever not in beliefs or euros < 0:
            raise ValueError(lever)
    if sum(spend.values()) > 20_000:
        raise ValueError("budget")
    for lever, (low, high) in beliefs.items():
        if low > high:
            raise ValueError(lever)
    if runs < 1:
        raise ValueError("runs")
    levers = sorted(beliefs)
    luck = random.Random(seed)
    gains = []
    for _ in range(runs):
        gain = 0
        for lever in levers:
            low, high = beliefs[lever]
            number = luck.random()
            gain += spend.get(lever, 0) * (low + (high - low) * number)
        gains.append(gain)
    return {
        "mean": sum(gains) / len(gains),
        "worst": min(gains),
        "best": max(gains),
        "loses": sum([gain < -0.01 for gain in gains]) / len(gains),
    }
