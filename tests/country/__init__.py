"""From what one union costs to what two million would: measured costs, a simulated year, machines and money. See docs/scaling.md."""
