"""The page of papers to print: a card for each."""
