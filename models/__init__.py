"""What we learned: reading notes, training on the project's own, the stored model and its measures."""
