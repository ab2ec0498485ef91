#!/usr/bin/env python3
"""Écrit public/map/ à partir de basemap-*.json : ce que la carte charge, sans rien de trop.

    python3 data/map.py

Un trait commun à deux territoires n'est écrit qu'une fois ; les traits qui n'en bordent qu'un (côtes,
frontières) restent à part, pour que la carte puisse cacher les seules limites intérieures.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent
OUT = HERE.parent / "public" / "map"
HOME = {"FR", "BE", "CH", "LU"}
# Premier zoom d'une étiquette : jusque-là dans le premier fichier, ensuite à la demande.
FIRST_RANKS = 9


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
    """Assemble des segments en lignes aussi longues que possible."""
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

    # Les carrefours et les bouts d'abord, puis les boucles qui n'en ont pas.
    for knot in sorted(it for it in at if len(at[it]) != 2):
        while at[knot]:
            lines.append(walk(knot))
    for knot in sorted(at):
        while at[knot]:
            lines.append(walk(knot))
    return lines


def lines(areas):
    """Traits entre deux territoires, et traits au bord d'un seul."""
    seen = {}
    for polygon in areas:
        for ring in polygon:
            for a, b in zip(ring, ring[1:]):
                edge = tuple(sorted((tuple(a), tuple(b))))
                seen[edge] = seen.get(edge, 0) + 1
    inner = chains(sorted(it for it, count in seen.items() if 1 < count))
    outer = chains(sorted(it for it, count in seen.items() if count == 1))
    return inner, outer


def feature(kind, geometry, coordinates):
    geometry = {"type": geometry, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}


def collection(features):
    return {"type": "FeatureCollection", "features": features}


def main():
    OUT.mkdir(exist_ok=True)
    land = read("land")["features"]
    inner, outer = lines(polygons(read("departements")["features"]))
    is_home = lambda it: it["properties"].get("iso") in HOME
    write("outlines.json", collection([
        feature("abroad", "MultiPolygon", polygons(it for it in land if not is_home(it))),
        feature("land", "MultiPolygon", polygons(filter(is_home, land))),
        feature("coast", "MultiLineString", outer),
        feature("border", "MultiLineString", inner),
    ]))
    overseas = read("drom")["features"]
    ours = lambda it: it["properties"]["kind"] != "pays"
    write("overseas.json", collection([
        feature("abroad", "MultiPolygon", polygons(it for it in overseas if not ours(it))),
        feature("land", "MultiPolygon", polygons(filter(ours, overseas))),
    ]))
    cities = [[name, lat, lon, rank] for name, lat, lon, _, rank in read("cities")]
    write("towns.json", [it for it in cities if it[3] <= FIRST_RANKS])
    write("towns-near.json", [it for it in cities if FIRST_RANKS < it[3]])


if __name__ == "__main__":
    main()
