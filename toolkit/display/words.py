"""The Russian words for what the rules name by codes, as `templates/words.toml` has them."""

import tomllib
from importlib.resources import files

LANGUAGES = ("ru",)

_WORDS = tomllib.loads((files("toolkit.display") / "templates" / "words.toml").read_text("utf-8"))

DIRECTIONS: dict[str, str] = _WORDS["directions"]
AGENCY_TYPES: dict[str, str] = _WORDS["agency_types"]
PEERS: dict[str, list[str]] = _WORDS["peers"]
PROVENANCE: dict[str, str] = _WORDS["provenance"]
PROVENANCE_MEANING: dict[str, str] = _WORDS["provenance_meaning"]
STATUS: dict[str, str] = _WORDS["status"]
KINDS: dict[str, str] = _WORDS["kinds"]
UNITS: dict[str, str] = _WORDS["units"]
COVERAGE: dict[str, str] = _WORDS["coverage"]
DEADLINES: dict[str, dict[str, str]] = _WORDS["deadlines"]
CORPS: dict[str, str] = _WORDS["corps"]
SANCTIONS: dict[str, str] = _WORDS["sanctions"]
CAPPED: dict[str, str] = _WORDS["capped"]
