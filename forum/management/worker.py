"""What each process of the web server loads: the site, deaf to Ctrl-C, and what runs beside it."""

import signal

from django.conf import settings

from forum.wsgi import application as site

# isort: split
# The courier knows the models, which the site has to load first.
from forum.management.checkpoints import start_checkpoints
from forum.management.clock import start_clock
from forum.management.counting import start_counting
from forum.management.courier import start_courier
from forum.management.patience import Patience
from forum.management.printer import start_printer
from forum.management.tidying import start_tidying

# Ctrl-C reaches every process of the terminal, and the main process then tells the others to stop. A process that
# is told twice at once may never stop, so only the main process listens to Ctrl-C.
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

application = Patience(site, threads=settings.SERVER_THREADS) if settings.SERVER_THREADS > 1 else site

start_checkpoints()
start_clock()
start_counting()
start_courier()
start_printer()
start_tidying()

__all__ = ["application"]
