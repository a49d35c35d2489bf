#!/usr/bin/env python3
"""Holds tests/floors: a folder includes only lower floors, foreign headers are seen where they may be,
nothing banned is called."""
import glob
import os
import re
import sys

ROOT = os.environ["ROOT"]


def read_rules():
    """tests/floors as floors (folder: lower folders), foreign (header: folder, files), standard, banned."""
    floors, foreign, standard, banned, faults = {}, {}, set(), [], []
    for number, line in enumerate(open(os.path.join(ROOT, "tests/floors"), encoding="utf-8"), 1):
        head, colon, tail = line.partition(":")
        words, values = head.split(), tail.split()
        if line.startswith("#") or not line.strip():
            continue
        if words[0] == "floor":
            faults += ["tests/floors:%d: '%s' is not lower than '%s'" % (number, v, words[1]) for v in values if v not in floors]
            floors[words[1]] = values
        elif words[0] == "foreign":
            foreign[words[1]] = (values[0], int(values[1]))
        elif words[0] == "standard":
            standard.update(values)
        elif words[0] == "banned":
            banned.append((words[1:], values))
        else:
            faults.append("tests/floors:%d: no rule '%s'" % (number, words[0]))
    return floors, foreign, standard, banned, faults


def folder_of(path):
    """The floor of a source or header of the project."""
    parts = path.split("/")
    if parts[0] == "include":
        return parts[-1][:-2]
    return parts[1] if len(parts) > 2 else "main"


def without_comments_and_texts(source):
    blank = lambda found: re.sub(r"[^\n]", " ", found.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, source, flags=re.S)


def check_includes(path, source, rules, seen):
    floors, foreign, standard = rules[:3]
    folder = folder_of(path)
    for found in re.finditer(r'^#include ([<"])([^>"]+)[>"]', source, re.M):
        where = "%s:%d" % (path, source[:found.start()].count("\n") + 1)
        kind, header = found.groups()
        if kind == "<":
            if header in foreign:
                seen.setdefault(header, set()).add(path)
                if folder != foreign[header][0]:
                    yield "%s: only src/%s may include <%s>" % (where, foreign[header][0], header)
            elif header not in standard:
                yield "%s: <%s> is neither standard nor a foreign header that tests/floors names" % (where, header)
            continue
        owner = folder_of("include/" + header if header.startswith("byline/") else "src/" + header if "/" in header else path)
        if owner != folder and owner not in floors.get(folder, []):
            yield "%s: '%s' may not include \"%s\": '%s' is not below it" % (where, folder, header, owner)
        if path.startswith("include/") and not header.startswith("byline/"):
            yield "%s: a public header includes \"%s\", which is not public" % (where, header)


def check_calls(path, source, banned):
    folder, bare = folder_of(path), without_comments_and_texts(source)
    names = [n for folders, values in banned if folder in folders or "*" in folders for n in values]
    for found in re.finditer(r"(?<![\w.>])(%s)\s*\(" % "|".join(names), bare):
        yield "%s:%d: %s() is banned here" % (path, bare[:found.start()].count("\n") + 1, found.group(1))


def main():
    os.chdir(ROOT)
    rules = read_rules()
    floors, foreign, banned, faults, seen = rules[0], rules[1], rules[3], rules[4], {}
    paths = sorted(glob.glob("src/**/*.[ch]", recursive=True) + glob.glob("include/byline/*.h"))
    for path in paths:
        source = open(path, encoding="utf-8").read()
        if folder_of(path) not in floors:
            faults.append("%s: tests/floors has no floor '%s'" % (path, folder_of(path)))
        faults += check_includes(path, source, rules, seen)
        faults += check_calls(path, source, banned)
    faults += ["<%s> is seen by %d files, not %d: %s" % (h, len(p), foreign[h][1], " ".join(sorted(p)))
               for h, p in seen.items() if len(p) > foreign[h][1]]
    print("\n".join(faults))
    return 1 if faults or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
