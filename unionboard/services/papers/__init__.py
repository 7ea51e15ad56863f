"""What the union prints and hangs up or has signed: the facts of each paper, read from the records. What they look like is writing's."""
