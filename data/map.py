#!/usr/bin/env python3
"""Writes public/map/ and data/france.json from basemap-*.json: what the map loads, and no more.

    python3 data/map.py

A line between two territories is written once; those at the edge of one alone (coasts, frontiers)
stand apart, so that the map can hide inner borders only. Standard library only; the same files give
the same bytes.
"""

import json
from math import asinh, degrees, radians, tan
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "public" / "map"
HOME = {"FR", "BE", "CH", "LU"}
# The first zoom of a label: up to this one in the first file, the others when they are asked for.
FIRST_RANKS = 7


def read(name):
    return json.loads((HERE / f"basemap-{name}.json").read_text(encoding="utf-8"))


def write(name, value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    (OUT / name).write_text(text, encoding="utf-8")


def polygons(features):
    found = []
    for it in features:
        geometry = it["geometry"]
        single = geometry["type"] == "Polygon"
        found += [geometry["coordinates"]] if single else geometry["coordinates"]
    return found


def chains(edges):
    """Joins segments into lines as long as they get."""
    at = {}
    for a, b in edges:
        at.setdefault(a, set()).add(b)
        at.setdefault(b, set()).add(a)
    lines = []

    def walk(start):
        line = [start]
        while at[line[-1]]:
            here = line[-1]
            there = min(at[here])
            at[here].discard(there)
            at[there].discard(here)
            line.append(there)
            if len(at[there]) != 1:
                break
        return line

    # Crossings and ends first, then loops, which have none.
    for knot in sorted(it for it in at if len(at[it]) != 2):
        while at[knot]:
            lines.append(walk(knot))
    for knot in sorted(at):
        while at[knot]:
            lines.append(walk(knot))
    return lines


def lines(areas):
    """Lines between two territories, and lines at the edge of one alone."""
    seen = {}
    for polygon in areas:
        for ring in polygon:
            for a, b in zip(ring, ring[1:]):
                edge = tuple(sorted((tuple(a), tuple(b))))
                seen[edge] = seen.get(edge, 0) + 1
    inner = chains(sorted(it for it, count in seen.items() if 1 < count))
    outer = chains(sorted(it for it, count in seen.items() if count == 1))
    return inner, outer


# Parts of a degree: two hundred metres here, where the lines are true to a kilometre.
PARTS = 400
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# Degrees by which a line may stray: a coast abroad, where nobody is shown; a département's border,
# which is drawn from afar only; the small picture of France.
ABROAD = 0.012
BORDER = 0.004
PREVIEW = 0.04


def steps(line):
    """The first position, then steps from one to the next: east, north.

    The sign is the last bit; five bits a digit, the lowest first, and 32 more where others follow.
    Read by `contract::map::positions`.
    """
    out, last = "", None
    for lon, lat in line:
        here = (round(lon * PARTS), round(lat * PARTS))
        if here == last:
            continue
        before = last or (0, 0)
        for step in (here[0] - before[0], here[1] - before[1]):
            value = step * 2 if 0 <= step else -step * 2 - 1
            while 32 <= value:
                out += DIGITS[32 + (value & 31)]
                value >>= 5
            out += DIGITS[value]
        last = here
    return out


def mercator(line):
    """Where the map has a line: Web Mercator, 360 around the world, so that it need not reckon."""
    return [(lon, degrees(asinh(tan(radians(lat))))) for lon, lat in line]


def off_line(point, a, b):
    """From a point to a line, in degrees."""
    (x, y), (dx, dy) = (point[0] - a[0], point[1] - a[1]), (b[0] - a[0], b[1] - a[1])
    length = (dx * dx + dy * dy) ** 0.5
    return abs(x * dy - y * dx) / length if length else (x * x + y * y) ** 0.5


def simpler(ring, tolerance, fixed=()):
    """Ramer, Douglas and Peucker between fixed points: those that other areas share."""
    keep = [at in (0, len(ring) - 1) or tuple(it) in fixed for at, it in enumerate(ring)]
    knots = [at for at, it in enumerate(keep) if it]
    parts = list(zip(knots, knots[1:]))
    while parts:
        a, b = parts.pop()
        far = max(range(a + 1, b), key=lambda at: off_line(ring[at], ring[a], ring[b]), default=None)
        if far is not None and tolerance < off_line(ring[far], ring[a], ring[b]):
            keep[far] = True
            parts += [(a, far), (far, b)]
    return [it for it, kept in zip(ring, keep) if kept]


def rings(areas, fixed=None):
    """Areas, each a list of rings, the outer one first. Those with `fixed` points are simplified."""
    coarse = lambda ring: ring if fixed is None else simpler(ring, ABROAD, fixed)
    return [[steps(mercator(coarse(ring))) for ring in polygon] for polygon in areas]


def main():
    OUT.mkdir(exist_ok=True)
    land = read("land")["features"]
    inner, outer = lines(polygons(read("departements")["features"]))
    is_home = lambda it: it["properties"].get("iso") in HOME
    abroad = polygons(it for it in land if not is_home(it))
    home = polygons(filter(is_home, land))
    write("outlines.json", {
        "abroad": rings(abroad, {tuple(it) for polygon in home for ring in polygon for it in ring}),
        "land": rings(home),
        "coast": [steps(mercator(line)) for line in outer],
        "border": [steps(mercator(simpler(line, BORDER))) for line in inner],
    })
    # The picture that stands for the embedded map: France alone, in rough lines.
    departements = read("departements")["features"]
    _, france = lines(polygons(it for it in departements if it["properties"]["country"] == "FR"))
    rings_of_france = [steps(simpler(line, PREVIEW)) for line in france if 8 < len(line)]
    text = json.dumps(rings_of_france, separators=(",", ":")) + "\n"
    (HERE / "france.json").write_text(text, encoding="utf-8")
    overseas = read("drom")["features"]
    ours = lambda it: it["properties"]["kind"] != "pays"
    write("overseas.json", {
        "abroad": rings(polygons(it for it in overseas if not ours(it))),
        "land": rings(polygons(filter(ours, overseas))),
    })
    cities = [[name, lat, lon, rank] for name, lat, lon, _, rank in read("cities")]
    write("towns.json", [it for it in cities if it[3] <= FIRST_RANKS])
    write("towns-near.json", [it for it in cities if FIRST_RANKS < it[3]])


if __name__ == "__main__":
    main()
