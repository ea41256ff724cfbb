"""What a note says: KSI codes suggested for a free-text note, with evidence."""
