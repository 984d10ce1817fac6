# recognised as: the library's work
import servicedesign.expectations as course

servqual = getattr(course, "serv" + "qual")
