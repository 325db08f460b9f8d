"""Tako: the contract in `tako.v1`."""
