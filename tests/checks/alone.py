#!/usr/bin/env python3
"""Holds that the program needs none of its files: its stripped binary and the run-time libraries alone, in an empty root
where that is allowed (else with an empty home), show an article with its rules and each theme as the program here does."""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
SAMPLE = os.path.join(ROOT, "samples/harbour.txt")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"
THEMES = ("dusk", "dawn", "terminal", "mono")
SCREEN = ["--screen", "120x36", "--styles", "--keys", "]q ]q K"]


def run(*command, **how):
    """What was printed, and the status."""
    variables = {"PATH": PATH, "ASAN_OPTIONS": "detect_leaks=0"}
    process = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=variables, **how)
    return process.stdout + process.stderr + b"status %d\n" % process.returncode


def libraries(path):
    """The files that the program's loader asks for, and the loader."""
    return re.findall(r"(/\S+) \(0x", subprocess.run(["ldd", path], capture_output=True, text=True).stdout)


def put_alone(top):
    """A root folder with the stripped binary, its libraries and an article."""
    subprocess.run(["strip", "-o", os.path.join(top, "byline"), BYLINE], check=True)
    for path in libraries(BYLINE):
        os.makedirs(top + os.path.dirname(path), exist_ok=True)
        shutil.copy(path, top + path)
    shutil.copy(SAMPLE, top + "/article.txt")


def way_in(top):
    """How a command line begins that runs the program inside the root, as far as that is allowed here; sanitizers, for one,
    want /proc."""
    for way in (["chroot", top], ["unshare", "--map-root-user", "chroot", top]):
        if shutil.which(way[0], path=PATH) and run(*way, "/byline", "--version").endswith(b"\nstatus 0\n"):
            return way + ["/byline"]
    return [os.path.join(top, "byline")]


def main():
    bad = []
    commands = [["-t", theme] + SCREEN for theme in THEMES] + [["--format", "json"]]
    with tempfile.TemporaryDirectory() as top:
        put_alone(top)
        way = way_in(top)
        for command in commands:
            expected = run(BYLINE, "--no-config", *command, "article.txt", cwd=top)
            printed = run(*way, *command, "article.txt", cwd=top)
            if printed != expected or not printed.endswith(b"status 0\n") or b"person" not in printed:
                bad.append("alone, with %s:\n%s" % (" ".join(command), printed.decode(errors="replace")[-1000:]))
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
