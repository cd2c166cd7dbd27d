"""What a meeting notes on the clause it discusses."""
