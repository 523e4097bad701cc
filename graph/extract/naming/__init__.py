"""Who is named: written forms, what points back, what a name says by itself."""
