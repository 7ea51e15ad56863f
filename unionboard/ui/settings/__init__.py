"""The settings page, one module a tab: the union, accounts, the safety of the data, the recycle bin, the history."""
