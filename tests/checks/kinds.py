#!/usr/bin/env python3
"""Holds that no kind is known by name in C: the shipped pack with every kind renamed finds the same in every
sample, but for the names of kinds."""
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
PACK = "news-en"
# Where a pack names kinds: (the place, what of it may be one). A place that is forgotten here makes the
# renamed pack fail to load, which is seen.
ALL_PLACES = (
    r"^  [\w-]+(?=: *\{)",                   # the mapping `kinds`
    r"(?<=kind: )[\w-]+",
)
# In these a word such as title may be something else: only kinds of entities are renamed there.
ENTITY_PLACES = (
    r"kinds: *(?:\[[^\]]*\]|\{[^}]*\})",
    r"^ +[\w-]+(?=: \[)",                    # alias: kind: [how…]
    r"(?:back|roles): *\[[^\]]*\]",
    r"\[\[[\w-]+(?=:)",                      # tests
)


def rename(source, names, entities):
    """The pack with each kind under another name; lines before `kinds:` name none."""
    head, _, rest = source.partition("\nkinds:\n")
    for places, some in ((ALL_PLACES, names), (ENTITY_PLACES, entities)):
        word = re.compile(r"(?<![\w-])(?:%s)(?![\w-])" % "|".join(map(re.escape, some)))
        other = lambda found: word.sub(lambda one: names[one.group()], found.group())
        for place in places:
            rest = re.sub(place, other, rest, flags=re.M)
    return head + "\nkinds:\n" + rest


def run(*arguments):
    process = subprocess.run([BYLINE, "--no-config"] + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, cwd=ROOT)
    if process.returncode != 0:
        sys.exit("byline %s: status %d\n%s%s" % (" ".join(arguments), process.returncode, process.stdout.decode()[:600], process.stderr.decode()[:3000]))
    return process.stdout.decode()


def main():
    with open(os.path.join(ROOT, "packs", PACK + ".yaml"), encoding="utf-8") as file:
        source = file.read()
    kinds = re.findall(r"^  ([\w-]+): *\{", source.partition("\nkinds:\n")[2].partition("\nrules:")[0], re.M)
    names = {kind: "thing" + kind[::-1] for kind in kinds}
    entities = [kind for kind in kinds if "sidebar: true" in re.search(r"^  %s:.*" % kind, source, re.M).group()]
    back = {new: old for old, new in names.items()}
    bad = [] if names else ["no kind was found in the pack"]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, PACK + ".yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(rename(source, names, entities))
        shutil.copytree(os.path.join(ROOT, "packs/lists"), os.path.join(folder, "lists"))
        for sample in sorted(glob.glob(ROOT + "/samples/*.txt")):
            here = json.loads(run("--format", "json", sample))
            there = json.loads(run("-p", "none", "-p", path, "--format", "json", sample))
            renamed = {thing["kind"] for thing in there["entities"]}
            bad += [] if renamed and renamed <= set(back) else ["%s finds kinds %s" % (sample, sorted(renamed))]
            for thing in there["entities"] + there["annotations"]:
                thing["kind"] = back.get(thing["kind"], thing["kind"])
            bad += ["%s: %s differ when kinds have other names" % (sample, part) for part in here if here[part] != there[part]]
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
