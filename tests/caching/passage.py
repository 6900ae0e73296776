"""A passage to the database server that can be closed: what a site sees of a server that is restarted."""

import socket
from contextlib import suppress
from threading import Thread

BITE = 65536


class Passage:
    """Hands on what comes to a port of its own; closed, it cuts every connection and takes no other."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.listening: socket.socket | None = None
        self.port = 0
        self.ends: list[socket.socket] = []
        self.open()

    def open(self) -> None:
        """Take connections."""
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.port = int(self.listening.getsockname()[1])
        Thread(target=self._take, args=(self.listening,), daemon=True).start()

    def close(self) -> None:
        """Cut what there is, and let nobody in."""
        if self.listening:
            with suppress(OSError):
                self.listening.shutdown(socket.SHUT_RDWR)
            self.listening.close()
            self.listening = None
        self.cut()

    def cut(self) -> None:
        """Cut every connection."""
        while self.ends:
            with suppress(OSError):
                self.ends.pop().shutdown(socket.SHUT_RDWR)

    def _take(self, listening: socket.socket) -> None:
        while True:
            try:
                here, _address = listening.accept()
            except OSError:
                return
            there = socket.create_connection(self.target)
            self.ends += [here, there]
            for one, other in ((here, there), (there, here)):
                Thread(target=self._hand_on, args=(one, other), daemon=True).start()

    def _hand_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(BITE):
                other.sendall(said)
        with suppress(OSError):
            other.shutdown(socket.SHUT_WR)
