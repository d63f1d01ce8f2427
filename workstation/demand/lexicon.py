"""The suggester of this installation: its lexicon, packs, agencies and places."""

from workstation.domain.packing import compose_pack
from workstation.domain.places import PlaceIndex
from workstation.machine.resources import (
    guide_texts,
    leaning_text,
    lexicon_texts,
    pack_forces,
    pack_text,
    reference_tables,
)
from workstation.reading.agency import Directory
from workstation.reading.leaning import read_leaning
from workstation.reading.lexicon import Lexicon, read_lexicon
from workstation.reading.suggestions import Suggester


def shipped_lexicon() -> Lexicon:
    """The lexicon of meanings that the product ships with."""
    return read_lexicon(lexicon_texts())


def suggester() -> Suggester:
    """A suggester for the forces there is a pack for."""
    tables, guides = reference_tables(), guide_texts()
    directories = {
        force: Directory(
            compose_pack(pack_text(force), tables, guides),
            PlaceIndex.from_csv(tables["places"], force),
        )
        for force in pack_forces()
    }
    lexicon = shipped_lexicon()
    return Suggester(lexicon, read_leaning(leaning_text(), lexicon), directories)
