"""What a text can be asked to be, by the names that command line, API and client share."""

from typing import Final, Literal

LevelName = Literal["journal", "plain", "easy"]
TrackName = Literal["life_area", "activity"]

LEVELS: Final = "journal (fullständig, med officiella termer), plain (klarspråk) eller easy (enkel)"
TRACKS: Final = "life_area (livsområde) eller activity (aktivitet)"
