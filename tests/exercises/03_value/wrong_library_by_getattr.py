# recognised as: the library's work
import servicedesign.value


def rank_by_value(offers, method, time_value=12.0):
    model = getattr(servicedesign.value, "ra" + "nk")
    return model(offers, method, time_value)
