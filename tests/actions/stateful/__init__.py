"""Random histories of a city: machines that do whatever people may do, and what must hold whatever they did."""
