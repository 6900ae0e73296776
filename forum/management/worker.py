"""What each process of the web server loads: the site, deaf to Ctrl-C, and what runs beside it."""

import signal

from forum.wsgi import application

# isort: split
# The courier knows the models, which the site has to load first.
from forum.management.clock import start_clock
from forum.management.counting import start_counting
from forum.management.courier import start_courier
from forum.management.printer import start_printer

# Ctrl-C reaches every process of the terminal, and the main process then tells the others to stop. A process that
# is told twice at once may never stop, so only the main process listens to Ctrl-C.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

start_clock()
start_counting()
start_courier()
start_printer()

__all__ = ["application"]
