# recognised as: the library's work
import servicedesign.service_logic

logic_score = getattr(servicedesign.service_logic, "logic_" + "score")
