"""How we say it: entry -> message -> clause -> Swedish text.

Public doors: `nlg.entries.parse_entry`, `nlg.entries.parse_person`, `nlg.phrase.render`, `nlg.text.compose`.
"""
