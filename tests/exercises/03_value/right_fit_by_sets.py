# right: sets, comprehensions and collections
from collections import defaultdict


def promise_fit(profile, promise):
    for item in profile:
        if item["kind"] not in {"job", "pain", "gain"} or item["importance"] not in range(1, 6):
            raise ValueError(f"cannot use {item}")
    addressed = {name for part in promise for name in part["addresses"]}
    strangers = addressed - {item["name"] for item in profile}
    if strangers:
        raise ValueError(f"not in the profile: {strangers}")
    weights = defaultdict(list)
    for item in profile:
        weights[item["kind"]].append((item["importance"], item["name"] in addressed))
    return {
        "orphans": [part["feature"] for part in promise if not part["addresses"]],
        "coverage": {
            kind: sum(w for w, hit in weights[kind] if hit) / sum(w for w, _ in weights[kind])
            if weights[kind]
            else None
            for kind in ("gain", "pain", "job")
        },
        "uncovered": [
            item["name"]
            for item in sorted(profile, key=lambda item: (5 - item["importance"], item["name"]))
            if item["importance"] > 3 and item["name"] not in addressed
        ],
    }
