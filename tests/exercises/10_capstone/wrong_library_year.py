# recognised as: the library's work
from servicedesign.exercises import capstone as ready

simulate_decision = getattr(ready, "simulate" + "_decision")
