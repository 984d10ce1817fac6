# right: all numbers first, the years in columns, the gains sorted
import random


def simulate_decision(spend, beliefs, seed, runs=1000):
    if runs < 1:
        raise ValueError("runs must be at least 1")
    strangers = [lever for lever in spend if lever not in beliefs]
    if strangers:
        raise ValueError("who is " + strangers[0] + "?")
    for lever in beliefs:
        if beliefs[lever][1] < beliefs[lever][0]:
            raise ValueError(lever + " is upside down")
        if spend.get(lever, 0) < 0:
            raise ValueError("less than nothing for " + lever)
    total = sum(spend.values())
    if total > 20000:
        raise ValueError("that is more than the budget")
    random.seed(seed)
    names = sorted(beliefs.keys())
    drawn = [{name: random.random() for name in names} for _ in range(runs)]

    def gain(year):
        back = [
            spend[name] * (beliefs[name][0] * (1 - year[name]) + beliefs[name][1] * year[name])
            for name in names
            if name in spend
        ]
        return sum(back) - total

    gains = sorted(gain(year) for year in drawn)
    lost = 0
    while lost < runs and gains[lost] < -0.01:
        lost += 1
    return {"loses": lost / runs, "mean": sum(gains) / runs, "best": gains[-1], "worst": gains[0]}
