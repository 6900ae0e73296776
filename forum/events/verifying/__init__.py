"""Walking a city's chains from the first link to the last, to find what was altered outside the program."""

from forum.events.verifying.city import Verification, verify_city
from forum.events.verifying.faults import Fault

__all__ = ["Fault", "Verification", "verify_city"]
