# recognised as: the library's work
import servicedesign.rehearsal

people_needed = getattr(servicedesign.rehearsal, "people_needed")
