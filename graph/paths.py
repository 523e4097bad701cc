"""Where the data files lie: in a checkout beside graph/, in a wheel inside the package.

In: nothing. Out: paths. No other module knows where ontology/ and seeds/ are.
"""

from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
ONTOLOGY = HOUSE / "ontology"
SEEDS = HOUSE / "seeds"
TEMPLATES = Path(__file__).resolve().parent / "chart" / "templates"
BLANK = Path(__file__).resolve().parent / "blank"
