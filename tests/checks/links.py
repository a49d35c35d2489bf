#!/usr/bin/env python3
"""Holds tests/links.tsv: of the pronouns, roles and short names there, at least the share in tests/links-share is right.

A short name stands for the entity that has it as a mention; of a pronoun or a role --why tells whom it stands for."""
import collections
import json
import os
import re
import subprocess
import sys

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
TABLE, SHARE = os.path.join(ROOT, "tests/links.tsv"), os.path.join(ROOT, "tests/links-share")


def read_table():
    with open(TABLE, encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]


def run(*arguments):
    process = subprocess.run([BYLINE, "--no-config", *arguments], stdin=subprocess.DEVNULL, capture_output=True)
    return process.stdout


def as_pattern(text):
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", text)).encode()


def find(text, context):
    """The bytes of the mention that is marked in its context."""
    before, mention, after = re.fullmatch(r"(.*)\[\[(.*)\]\](.*)", context).groups()
    hits = list(re.finditer(b"(%s)(%s)(%s)" % tuple(map(as_pattern, (before, mention, after))), text))
    if len(hits) != 1:
        sys.exit("tests/links.tsv: %d places read “%s”" % (len(hits), context))
    return hits[0].span(2)


def named(found, start, end):
    return {entity["name"] for entity in found["entities"]
            for mention in entity["mentions"] if mention["start"] < end and start < mention["end"]}


def stands_for(sample, start, end):
    """What --why says of the reference that is just these bytes."""
    names, here = set(), False
    for line in run("--why", str(end - 1), sample).decode().split("\n"):
        if line and not line.startswith(" "):
            here = line.startswith("%d-%d reference " % (start, end))
        elif here and line.startswith("  stands for ") and line != "  stands for nobody who is named":
            names.add(line[len("  stands for "):])
    return names


def main():
    good, all_of, wrong, samples = collections.Counter(), collections.Counter(), [], {}
    for name, context, expected, sort, reach in read_table():
        path = os.path.join(ROOT, "samples", name + ".txt")
        if name not in samples:
            with open(path, "rb") as file:
                samples[name] = file.read(), json.loads(run("--format", "json", path))
        text, found = samples[name]
        start, end = find(text, context)
        got = named(found, start, end) if sort == "short" else stands_for(path, start, end)
        right = got == (set() if expected == "-" else set(expected.split("|")))
        for row in (sort, reach + " in reach", "nobody" if expected == "-" else "somebody", "all"):
            good[row] += right
            all_of[row] += 1
        if not right:
            wrong.append("%s: %s: %s, not %s" % (name, context, expected, " + ".join(sorted(got)) or "-"))
    for row in sorted(all_of):
        print("%-14s %3d of %3d, %.3f" % (row, good[row], all_of[row], good[row] / all_of[row]))
    with open(SHARE, encoding="utf-8") as file:
        least = float(file.read())
    share = good["all"] / all_of["all"]
    if share < least or "-v" in sys.argv:
        print("\n".join(wrong))
    if share >= least + 0.01:
        print("this is better than tests/links-share: write %.3f there" % share)
    sys.exit(share < least)


if __name__ == "__main__":
    main()
