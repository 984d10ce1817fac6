# recognised as: the library's work
import servicedesign.listening


def audit_persona(persona):
    model = getattr(servicedesign.listening, "audit_" + "persona")
    return model(persona)
