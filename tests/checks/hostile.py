#!/usr/bin/env python3
"""Holds that spoiled input is no harm: samples, packs and themes with pieces cut, doubled and put in at random (the same
ones each time) end with a status of the contract, print UTF-8, and send no byte that a terminal obeys.
`hostile.py SEED ROUNDS` runs others."""
import glob
import os
import random
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
ROUNDS = 15  # of each sort
PIECES = ("“ ” \" ' ‘ ’ ( ) [[ ]] — … \u202e \u0301 \U0001f1f5 \U0001f468\u200d \ufeff \0 \x1b[31m \x9b \r Mr. U.S. & { } : - > * # , \\ "
          "&a *a <<: (?<a> {{cap}} <Q>").encode().split(b" ") + [b"\n", b"\n\n", b"  ", b"\xff", b"\xe2\x80", b"\xf0\x9f", b" said "]
KEYS = ("]q [q ]m [m ]e ]s j k <Space> b G gg g1 g2 g3 <Tab> <Enter> <Esc> K h t /the<Enter> /(<Enter> n N { } ( ) - + 50% 3j \\e \\q "
        "; , <Resize:30x9> <Resize:1x1> <Resize:200x60>").split()
SIZES = "1x1 2x2 7x3 20x5 50x15 72x24 80x24 110x30 120x36".split()


class Spoiler:
    """Chance, from a seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)

    def spoil(self, data):
        """The data with some of it cut, doubled, replaced, or something put in."""
        data = bytearray(data)
        for _ in range(self.chance.choice((1, 3, 10, 40))):
            start = self.chance.randrange(len(data) + 1)
            end = min(len(data), start + self.chance.randrange(1, 200))
            how = self.chance.random()
            if how < 0.4:
                data[start:start] = self.chance.choice(PIECES) * self.chance.choice((1, 1, 2, 30))
            elif how < 0.65:
                del data[start:end]
            elif how < 0.85:
                data[start:start] = data[start:end] * 2
            elif data:
                data[start % len(data)] = self.chance.randrange(256)
        return bytes(data)

    def keys(self):
        return " ".join(self.chance.choice(KEYS) for _ in range(self.chance.randrange(12)))


def complaint(arguments, printed_raw=False):
    """What is wrong with how a run ended, or None."""
    command = [BYLINE, "--no-config"] + arguments
    process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    out, err = process.stdout, process.stderr
    if process.returncode not in (0, 1, 2):
        return "ended with %d\n%s" % (process.returncode, err.decode(errors="replace")[:3000])
    try:
        said = (err if printed_raw else out + err).decode("utf-8")
    except UnicodeDecodeError as error:
        return "printed what is not UTF-8: %s" % error
    if [c for c in said if c < " " and c not in "\n\t" or "\x7f" <= c <= "\x9f" or c in "\u202e\ufeff"]:
        return "printed a control character"
    return None


def rounds(spoiler, folder):
    """Command lines, with what spoiled file each of them is about."""
    read = lambda pattern: [open(p, "rb").read() for p in sorted(glob.glob(os.path.join(ROOT, pattern)))]
    texts, packs, themes = read("samples/*.txt"), read("packs/*.yaml"), read("themes/*.yaml")
    text, pack, theme = (os.path.join(folder, name) for name in ("text", "pack.yaml", "theme.yaml"))
    sorts = (
        (text, texts, lambda: ["--screen", spoiler.chance.choice(SIZES), "--keys", spoiler.keys(), text]),
        (text, texts, lambda: ["--only", spoiler.chance.choice(("entities", "quotes", "sentences")), text]),
        (text, texts, lambda: ["--why", str(spoiler.chance.randrange(4000)), text]),
        (pack, packs, lambda: ["--check", pack]),
        (theme, themes, lambda: ["--check", theme]),
    )
    while True:
        for path, sources, command in sorts:
            with open(path, "wb") as file:
                file.write(spoiler.spoil(spoiler.chance.choice(sources)))
            yield path, command()


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = 5 * (int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(ROOT, "packs/lists"), os.path.join(folder, "lists"))
        for number, (path, command) in zip(range(count), rounds(Spoiler(seed), folder)):
            said = complaint(command, printed_raw="--only" in command or "--why" in command)
            if said:
                bad += 1
                kept = "/tmp/byline-hostile-%d-%d" % (seed, number)
                os.replace(path, kept)
                print("byline %s (kept as %s) %s" % (" ".join(command), kept, said))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
