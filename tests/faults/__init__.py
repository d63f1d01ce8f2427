"""The seeded simulator: the real program against every fault its ports can show, in one thread."""
