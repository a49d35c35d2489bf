#!/usr/bin/env python3
"""Holds that no kind's name and no word of a language stands in C: kinds come from packs, words from lists.

A text of the sources fails if it is a kind of a shipped pack that has entities, also at the end of a style's
name; or, on the floors that read texts, a function word, a title, an abbreviation, a nationality, a country or a
form of a cue. A word that is one of ours as well (a key, a flag, a choice) stands in tests/checks/format-words."""
import glob
import os
import re
import sys

ROOT = os.environ["ROOT"]
READING = ("src/document/", "src/rules/", "src/annotate/", "src/layout/", "src/export/")
LISTS = ("function-words", "titles", "abbreviations", "nationalities", "countries")
CUES = ("cues", "strong-cues", "judge-cues")  # the first column is a bare verb, often a word of ours


def list_words():
    """Each word of the lists, lower case, with the list it is in."""
    words = {}
    for name in LISTS + CUES:
        for line in open("packs/lists/%s.txt" % name, encoding="utf-8"):
            fields = [] if line.startswith("#") else line.rstrip("\n").split("\t")
            fields = fields[1:] if name in CUES else fields
            words.update((f.lower(), "a word of packs/lists/%s.txt" % name) for f in fields if f and "=" not in f)
    return words


def kinds():
    """The kinds of the shipped packs that have entities."""
    found = {}
    for path in glob.glob("packs/*.yaml"):
        for name in re.findall(r"^  ([\w-]+): *\{.*sidebar: true", open(path, encoding="utf-8").read(), re.M):
            found[name] = "a kind of " + path
    return found


def texts(source):
    """The string literals of C and where they begin; comments and #include are passed over."""
    pattern = r'/\*.*?\*/|//[^\n]*|^#include[^\n]*|\'(?:\\.|[^\'\\\n])*\'|"((?:\\.|[^"\\\n])*)"'
    for found in re.finditer(pattern, source, re.S | re.M):
        if found.group(1):
            yield found.group(1), source[:found.start()].count("\n") + 1


def main():
    os.chdir(ROOT)
    words, names = list_words(), kinds()
    allowed = {line.strip() for line in open("tests/checks/format-words", encoding="utf-8") if not line.startswith("#")}
    bad, used = [], set()
    for path in sorted(glob.glob("src/**/*.[ch]", recursive=True)):
        for text, line in texts(open(path, encoding="utf-8").read()):
            word = text.strip().lower()
            why = names.get(word.rpartition(".")[2]) or (words.get(word) if path.startswith(READING) else None)
            if why and word in allowed:
                used.add(word)
            elif why:
                bad.append("%s:%d: '%s' is %s" % (path, line, text, why))
    bad += ["tests/checks/format-words: nothing needs '%s'" % word for word in sorted(allowed - used) if word]
    print("\n".join(bad))
    return 1 if bad or not names or not words else 0


if __name__ == "__main__":
    sys.exit(main())
