"""Prints the figures of the house: how much there is, how long its parts are, and which come near a limit."""

import statistics
import sys
from pathlib import Path

from .house import House
from .imports import unit_edges
from .sizes import FILE, FUNCTION, TEMPLATE

NEAR = 0.9


def spread(sizes: list[int]) -> str:
    """Median, ninth decile and maximum in words."""
    if not sizes:
        return "none"
    ordered = sorted(sizes)
    return f"median {statistics.median(ordered):.0f}, p90 {ordered[int(len(ordered) * 0.9) - 1]}, longest {ordered[-1]}"


def main() -> int:
    """Print one line a figure."""
    house = House(Path(__file__).resolve().parents[2])
    code = [module for module in house.code if module.lines > 1]
    tests = [module for module in house.modules if module.is_test]
    functions = [(f.end_lineno or f.lineno) - f.lineno + 1 for module in code for f in module.functions()]
    written = sum(module.lines for module in code)
    edges = unit_edges(house)
    print(f"code       {written} lines in {len(code)} files ({spread([module.lines for module in code])})")
    print(f"functions  {len(functions)} ({spread(functions)})")
    print(f"templates  {len(house.templates)} ({spread([template.lines for template in house.templates])})")
    tested = sum(test.lines for test in tests)
    print(f"tests      {tested} lines, {tested / max(written, 1):.2f} a line of code")
    print(f"units      {len(edges)}, {sum(map(len, edges.values()))} of them used by another")
    near = [f"{m.path} ({m.lines})" for m in code if m.lines > NEAR * FILE]
    near += [f"{t.path} ({t.lines})" for t in house.templates if t.lines > NEAR * TEMPLATE]
    near += [f"{sum(size > NEAR * FUNCTION for size in functions)} functions"]
    print("near a limit: " + ", ".join(near))
    return 0


if __name__ == "__main__":
    sys.exit(main())
