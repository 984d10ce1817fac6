# recognised as: total
import math
from statistics import NormalDist


def sample_size_two_means(sd, delta, power=0.8, alpha=0.05):
    if sd <= 0:
        raise ValueError("sd")
    if delta == 0:
        raise ValueError("delta")
    if power < 0.5 or power >= 1:
        raise ValueError("power")
    if alpha <= 0 or alpha > 0.5:
        raise ValueError("alpha")
    curve = NormalDist()
    both = curve.inv_cdf(1 - alpha / 2) + curve.inv_cdf(power)
    return 2 * math.ceil(2 * sd * sd / (delta * delta) * both * both - 1e-9)
