"""What users chose among the suggestions: taken in, kept and reported, in codes alone and never in text."""
