# recognised as: the library's work
from servicedesign.listening import wilson_interval as borrowed

wilson_interval = borrowed
