# right: a dict from name to item, and sums built up in one pass
def promise_fit(profile, promise):
    lookup = {}
    met = {"job": 0, "pain": 0, "gain": 0}
    total = {"job": 0, "pain": 0, "gain": 0}
    for item in profile:
        if item["kind"] not in total:
            raise ValueError("unknown kind, see " + item["name"])
        if item["importance"] < 1 or item["importance"] > 5:
            raise ValueError("importance of " + item["name"] + " is out of range")
        lookup[item["name"]] = item
        total[item["kind"]] += item["importance"]
    done = []
    orphans = []
    for part in promise:
        if part["addresses"] == []:
            orphans.append(part["feature"])
        for name in part["addresses"]:
            if name not in lookup:
                raise ValueError("nobody mentioned " + name)
            if name not in done:
                done.append(name)
                met[lookup[name]["kind"]] += lookup[name]["importance"]
    coverage = {}
    for kind in total:
        if total[kind] == 0:
            coverage[kind] = None
        else:
            coverage[kind] = met[kind] / total[kind]
    uncovered = []
    for importance in sorted({item["importance"] for item in profile}, reverse=True):
        if importance >= 4:
            uncovered += sorted(
                name
                for name in lookup
                if lookup[name]["importance"] == importance and name not in done
            )
    return {"coverage": coverage, "uncovered": uncovered, "orphans": orphans}
