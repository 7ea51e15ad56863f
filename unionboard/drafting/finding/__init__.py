"""From records to the tree of facts: one file a part. Source: domain notes A4, E2–E4."""

from unionboard.drafting.finding.year import find_facts

__all__ = ["find_facts"]
