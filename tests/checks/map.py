#!/usr/bin/env python3
"""Holds docs/MAP: a line `PATH  what it is` for every file of the folders it maps, and no other.

A line whose path ends in / stands for all below that folder (data that comes in many files)."""
import os
import sys

ROOT = os.environ["ROOT"]
MAPPED = ("src", "include", "packs", "themes", "tests", "tools")


def first_words(path):
    """What a file says of itself at its head, to start its line with."""
    with open(path, encoding="utf-8", errors="replace") as file:
        head = file.read(400)
    return " ".join(head.replace("/*", " ").replace("#", " ").split()[:12])


def main():
    os.chdir(ROOT)
    files = sorted(os.path.join(folder, name) for top in MAPPED for folder, _, names in os.walk(top)
                   for name in names if not name.endswith((".pyc", "~")))
    faults, mapped, folders = [], set(), []
    for number, line in enumerate(open("docs/MAP", encoding="utf-8"), 1):
        path, _, what = line.strip().partition(" ")
        if not path or path == "#" or line.startswith("##"):
            continue
        where = "docs/MAP:%d: " % number
        if not what.strip():
            faults.append(where + "'%s' has no word on what it is" % path)
        if path in mapped:
            faults.append(where + "'%s' stands twice" % path)
        if not os.path.exists(path):
            faults.append(where + "there is no '%s'" % path)
        mapped.add(path)
        if path.endswith("/"):
            folders.append(path)
    for path in files:
        if path not in mapped and not path.startswith(tuple(folders)):
            faults.append("docs/MAP has no line for %s  (%s)" % (path, first_words(path)))
    print("\n".join(faults))
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
