#!/usr/bin/env python3
"""Holds that a program that gets no more memory says so and leaves with a status of the contract: one allocation of many is
refused, or all from one on, in each of several runs; and that of a text in which more is found than there is room for a part
is annotated. `exhaustion.py POINTS` tries more points."""
import os
import random
import resource
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
REFUSE = os.path.join(os.path.dirname(BYLINE), "tests/preload/refuse.so")
POINTS = 12  # of each command
SKIPPED = 77
SAMPLE = os.path.join(ROOT, "samples/harbour.txt")
COMMANDS = [
    ["--format", "json", SAMPLE],
    ["--format", "ndjson", "-j", "2", SAMPLE, SAMPLE],
    ["--only", "entities", SAMPLE],
    ["--why", "200", SAMPLE],
    ["--screen", "80x24", "--keys", "]q K q /the<Enter> n h q g2 j <Enter> t :e<Space>samples/orchard.txt<Enter>", SAMPLE],
    ["--check", "dusk"],
    ["--list", "styles"],
    ["--help"],
]


def run(command, **environment):
    return subprocess.run([BYLINE, "--no-config"] + command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, timeout=60, cwd=ROOT, env=dict(os.environ, LD_PRELOAD=REFUSE, **environment))


def count_of(command, folder):
    path = os.path.join(folder, "count")
    run(command, REFUSE_COUNT=path)
    with open(path, encoding="ascii") as file:
        return int(file.read())


def complaint(command, number, further):
    done = run(command, REFUSE=str(number), **({"REFUSE_ALL": "1"} if further else {}))
    what = "byline %s, allocation %d%s refused" % (" ".join(command), number, " and all later ones" if further else "")
    if done.returncode not in (0, 1, 2):
        return "%s: ended with %d\n%s" % (what, done.returncode, done.stderr.decode(errors="replace")[:2000])
    if done.returncode != 0 and not done.stderr:
        return "%s: status %d and not a word" % (what, done.returncode)
    return None


DENSE = "The 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 of them were there.\n"
ROOM = 220 << 20  # of addresses, a third of which is kept for texts


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (ROOM, ROOM))


def full_complaint(folder):
    """Some windows of numbers: what is found in the first ones is printed, and that there is more."""
    path = os.path.join(folder, "dense.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write(DENSE * (5 * 10**6 // len(DENSE)))
    done = subprocess.run([BYLINE, "--no-config", "--only", "entities", path], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=120, cwd=ROOT, preexec_fn=limit)
    said = done.stderr.decode(errors="replace")
    if done.returncode == 0 and "dense.txt: there is no room for all that is found" in said and b"number\t20\t" in done.stdout:
        return None
    return "a dense text in little room: ended with %d\n%s" % (done.returncode, said[:2000])


def main():
    if b"__asan_init" in open(BYLINE, "rb").read():
        print("a program with sanitizers allocates in its own way")
        return SKIPPED
    if not os.path.exists(REFUSE):
        print("%s is not built; run make test" % REFUSE)
        return 1
    chance = random.Random(1)
    points = int(sys.argv[1]) if len(sys.argv) > 1 else POINTS
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for command in COMMANDS:
            count = count_of(command, folder)
            tried = {1, 2, 3, count} | {int(count ** chance.random()) for _ in range(points)}
            for number in sorted(tried):
                said = complaint(command, number, chance.random() < 0.5)
                if said:
                    bad += 1
                    print(said)
        said = full_complaint(folder)
        if said:
            bad += 1
            print(said)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
