#!/usr/bin/env python3
"""check.py [FILE…]: is every list of words well formed?

Without FILE all of packs/lists/*.txt. A line is NAME<TAB>alias…<TAB>key=value…, `#` begins a comment line, and the
first line is one that says what the list is and where it is from. Faults are printed as FILE:LINE: what; any makes
the exit status 1.
"""
import glob
import os
import re
import sys
import unicodedata

FLAG = {"1"}
FIELDS = {  # list -> field -> the values it may have
    "given-names": {"sex": {"m", "f"}, "family": FLAG},
    "cities": {"size": {"1", "2", "3", "4"}, "capital": FLAG},
    "place-keys": {"last": FLAG, "first": FLAG},
    "organization-keys": {"last": FLAG, "first": FLAG, "of": FLAG, "strong": FLAG},
    "role-heads": {"plural": FLAG, "thing": FLAG, "sex": {"m", "f"}},
    "titles": {"sex": {"m", "f"}},
}
NEEDED = {"place-keys": ("last", "first"), "organization-keys": ("last", "first", "of"), "cities": ("size",)}
VERBS = {"strong-cues", "cues", "judge-cues"}   # columns are forms: they may be alike, and a verb may have two lines
SHARED = VERBS | {"nicknames"}                  # an alias may stand in several entries
LOWER = VERBS | {"common-words"}
IDS = {"given-names", "countries", "cities", "regions", "nationalities", "place-keys", "organizations",
       "organization-keys", "event-keys", "never", "titles", "role-heads", "cues", "strong-cues", "judge-cues",
       "nicknames", "common-words", "function-words", "abbreviations"}


def check(path):
    """The faults of one list as (line, what)."""
    faults = []
    ident = os.path.basename(path)[:-4]
    raw = open(path, "rb").read()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as e:
        return [(raw[:e.start].count(b"\n") + 1, "not UTF-8: %s" % e.reason)]
    if ident not in IDS:
        faults.append((1, "no pack knows a list of this id"))
    lines = text.split("\n")
    if lines[-1] != "":
        faults.append((len(lines), "no newline at the end"))
    else:
        lines.pop()
    if not lines or not re.match(r"# \S", lines[0]):
        faults.append((1, "the first line must be a comment that says what this is and where it is from"))
    before, names, aliases = b"", {}, {}
    known = FIELDS.get(ident, {})
    for n, line in enumerate(lines, 1):
        say = lambda what: faults.append((n, what))
        if line.startswith("#"):
            if line != line.rstrip():
                say("space at the end")
            continue
        if not line.strip():
            say("empty line")
            continue
        if "#" in line:
            say("# begins a comment only at the start of a line")
        if re.search(r"[^\S\t ]|[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028\u2029\ufeff]", line):
            say("a control character or a space that is no U+0020")
        if unicodedata.normalize("NFC", line) != line:
            say("not in NFC")
        columns = line.split("\t")
        for c in columns:
            if c != c.strip(" ") or not c:
                say("an empty column, or space around one")
            elif "  " in c:
                say("two spaces in %r" % c)
        name, rest = columns[0], columns[1:]
        if "=" in name:
            say("a field where the name should be")
        values = [c for c in rest if "=" not in c]
        fields = [c for c in rest if "=" in c]
        if rest != values + fields:
            say("fields must stand behind the aliases")
        keys = [f.split("=", 1)[0] for f in fields]
        if len(set(keys)) != len(keys):
            say("a field twice")
        for f in fields:
            key, value = f.split("=", 1)
            if key not in known:
                say("unknown field %r" % key)
            elif value not in known[key]:
                say("%s cannot be %r" % (key, value))
        if ident in NEEDED and not set(NEEDED[ident]) & set(keys):
            say("needs one of the fields " + ", ".join(NEEDED[ident]))
        if ident in VERBS and len(values) not in (3, 4):
            say("a verb has four or five forms, this has %d" % (len(values) + 1))
        if ident in LOWER and line != line.lower():
            say("words of this list are in lower case")
        # Two spellings of a verb are two lines, so that there the whole line is the name.
        key = line if ident in VERBS else name
        if key in names:
            say("%r stands in line %d too" % (name, names[key]))
        names.setdefault(key, n)
        here = key.encode()
        if here < before:
            say("not in byte order: %r" % name)
        before = here
        if ident not in VERBS:
            for v in values:
                if v == name or values.count(v) > 1:
                    say("%r twice in this line" % v)
                elif v in aliases and ident not in SHARED:
                    say("alias %r stands in line %d too" % (v, aliases[v]))
                aliases.setdefault(v, n)
    if ident not in SHARED:
        for a, n in aliases.items():
            if a in names:
                faults.append((n, "alias %r is the name of line %d" % (a, names[a])))
    if not names:
        faults.append((1, "no entries"))
    return sorted(faults)


def main():
    files = sys.argv[1:]
    if not files:
        here = os.path.dirname(os.path.abspath(__file__))
        folder = os.path.normpath(os.path.join(here, "..", "..", "packs", "lists"))
        files = sorted(glob.glob(os.path.join(folder, "*.txt")))
        missing = IDS - {os.path.basename(f)[:-4] for f in files}
        for ident in sorted(missing):
            print("%s/%s.txt:1: missing" % (os.path.relpath(folder), ident))
    else:
        missing = set()
    bad = bool(missing)
    for f in files:
        for n, what in check(f):
            bad = True
            print("%s:%d: %s" % (os.path.relpath(f), n, what))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
