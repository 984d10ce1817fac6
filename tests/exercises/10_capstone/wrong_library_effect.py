# recognised as: the library's work
import servicedesign.deciding as ready


def break_even_effect(cost, n_customers, margin, survival, rate):
    return ready.break_even_effect(cost, n_customers, margin, survival, rate)
