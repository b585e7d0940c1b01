"""Remembering the things that were used lately, of which only so many fit into memory."""

import threading
from collections import OrderedDict


class Lately:
    """So many things by their keys; those that were not used for the longest time are forgotten."""

    def __init__(self, number):
        self.number = number
        self.things = OrderedDict()
        self.gate = threading.Lock()

    def get(self, key):
        """The thing, if it is remembered."""
        with self.gate:
            if key in self.things:
                self.things.move_to_end(key)
            return self.things.get(key)

    def put(self, key, thing):
        """Remembers a thing."""
        with self.gate:
            self.things[key] = thing
            self.things.move_to_end(key)
            if len(self.things) > self.number:
                self.things.popitem(last=False)
