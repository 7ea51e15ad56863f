"""Mutated files: whatever comes in is read, or refused with one sentence."""
