"""Faults that really happen: the process is killed, the disk is full, the file is damaged, the power goes, the clock is set back."""
