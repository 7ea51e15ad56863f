"""The year's facts -> sentences that carry the ids they rest on, and lints. Pure: plain facts in, blocks of text out."""
