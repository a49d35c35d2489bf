#!/usr/bin/env python3
"""Holds `make install` and `make uninstall`: what goes where, with which mode, below a DESTDIR with a blank in it; that the
program that was put there runs; that nothing but empty folders is left behind, and what others put beside it stays."""
import os
import re
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
BUILD = os.path.dirname(BYLINE)
EXPECTED = """
755 bin/byline
644 share/bash-completion/completions/byline
644 share/doc/byline/LICENSE
644 share/doc/byline/NOTICE
644 share/doc/byline/README.md
644 share/doc/byline/docs/ARCHITECTURE.md
644 share/doc/byline/docs/extraction.md
644 share/doc/byline/docs/MAP
644 share/doc/byline/docs/schema/document.json
644 share/doc/byline/docs/screen.png
644 share/doc/byline/docs/terminals.md
644 share/fish/vendor_completions.d/byline.fish
644 share/man/man1/byline.1
644 share/zsh/site-functions/_byline
""".split("\n")[1:-1]


def make(target, *variables):
    """Runs make on what is built already, whatever it was built with."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    command = ["make", "-s", "-o", "all", "-o", "documents", "BUILD=" + BUILD, target] + list(variables)
    return subprocess.run(command, cwd=ROOT, env=inherited, capture_output=True, text=True)


def files(top):
    """Mode and path of each file below a folder."""
    found = [os.path.join(folder, name) for folder, _, names in os.walk(top) for name in names]
    return sorted("%o %s" % (os.stat(path).st_mode & 0o777, os.path.relpath(path, top)) for path in found)


def below(folder):
    return ["%s/%s" % (folder, name) for name in os.listdir(os.path.join(ROOT, folder))]


def dead_links(page):
    """What a page of Markdown leads to beside it that is not there."""
    with open(page, encoding="utf-8") as file:
        links = re.findall(r"\]\(([^)\s:#]+)\)", file.read())
    return [link for link in links if not os.path.exists(os.path.join(os.path.dirname(page), link))]


def complaints(top):
    dest = os.path.join(top, "a folder")
    usr, ours = os.path.join(dest, "usr"), os.path.join(dest, "usr/share/doc/byline/mine.txt")
    samples = ["644 share/doc/byline/samples/" + name for name in os.listdir(os.path.join(ROOT, "samples"))]
    sources = ["644 share/byline/" + path for path in ["packs/news-en.yaml"] + below("packs/lists") + below("themes")]
    for number in range(2):   # a second time, over the first
        said = make("install", "DESTDIR=" + dest, "PREFIX=/usr")
        if said.returncode or said.stderr:
            yield "make install ended with %d\n%s" % (said.returncode, said.stdout + said.stderr)
        if files(usr) != sorted(EXPECTED + samples + sources):
            yield "make install put there:\n%s" % "\n".join(files(usr))
    doc = os.path.join(usr, "share/doc/byline")
    for page in ("README.md", "docs/ARCHITECTURE.md", "docs/extraction.md", "docs/terminals.md", "samples/README.md"):
        for link in dead_links(os.path.join(doc, page)):
            yield "%s leads to %s, which is not installed" % (page, link)
    program = subprocess.run([os.path.join(usr, "bin/byline"), "--version"], capture_output=True, text=True)
    if not program.stdout.startswith("byline "):
        yield "the installed program does not run: " + program.stderr
    pack = os.path.join(usr, "share/byline/packs/news-en.yaml")
    checked = subprocess.run([BYLINE, "--check", pack], capture_output=True, text=True)
    if checked.returncode:
        yield "the installed pack fails its check: " + checked.stderr[:1000]
    open(ours, "w").close()
    said = make("uninstall", "DESTDIR=" + dest, "PREFIX=/usr")
    if said.returncode or said.stderr or files(dest) != ["644 usr/share/doc/byline/mine.txt"]:
        yield "make uninstall left:\n%s" % "\n".join(files(dest)) + said.stderr
    os.remove(ours)
    make("install", "DESTDIR=" + dest, "PREFIX=/usr")
    make("uninstall", "DESTDIR=" + dest, "PREFIX=/usr")
    if os.path.exists(os.path.dirname(ours)) or os.path.exists(os.path.join(usr, "share/byline")):
        yield "make uninstall left its own folders"
    if make("install", "DESTDIR=" + dest, "PREFIX=/opt/x", "bindir=/somewhere").returncode or not os.path.exists(os.path.join(dest, "somewhere/byline")):
        yield "bindir is not where the program goes"


def main():
    os.umask(0o022)
    with tempfile.TemporaryDirectory() as top:
        bad = list(complaints(top))
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
