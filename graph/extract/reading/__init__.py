"""Files become sentences in reading order, every character with its way back."""
