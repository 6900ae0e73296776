"""The server of the site with the yardsticks in it: same processes, same threads, another application."""

from forum.management import server

if __name__ == "__main__":
    server.APPLICATION = "bench.load.yardstick_app:application"
    server.main()
