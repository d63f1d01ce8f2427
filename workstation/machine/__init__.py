"""The ports everything else takes as arguments: clock, ids, sealed files, resources."""
