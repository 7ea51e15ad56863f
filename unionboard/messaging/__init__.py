"""Messages to groups and mailboxes: their words, the way out of the house, and when they go. The one place that sends anything anywhere."""
