"""The yardsticks as each process of their server loads them."""

from bench.load.yardsticks import make

application = make()
