# recognised as: the library's work
from servicedesign import retention

sbg_loglik = retention.sbg_loglik
