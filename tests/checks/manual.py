#!/usr/bin/env python3
"""Holds byline(1): mandoc finds nothing to warn of, it names every option, command, key and variable of the environment that
there is, and what is said about options in its template is about options that exist; its version is the program's, and the
Debian package's, too."""
import os
import re
import shutil
import subprocess
import sys

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
PAGE = os.path.join(os.path.dirname(BYLINE), "share/byline.1")


def run(*command):
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def variables():
    """The variables that the sources ask for."""
    for folder, _, names in os.walk(os.path.join(ROOT, "src")):
        for name in names:
            if name.endswith(".c"):
                yield from re.findall(r'\b(?:getenv|variable)\("([A-Z_]+)"\)', read(os.path.join(folder, name)))


def unescaped(page):
    for escape, letter in (("\\&", ""), ("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"'), ("\\(ga", "`"), ("\\(ha", "^"),
                           ("\\(ti", "~"), ("\\e", "\\")):
        page = page.replace(escape, letter)
    return page


def unnamed(page):
    """What there is and the page does not name."""
    options = re.findall(r"^  .{4}--([a-z-]+)", run(BYLINE, "--help").stdout, re.M)
    commands = [line.split("\t")[0] for line in run(BYLINE, "--no-config", "--list", "commands").stdout.splitlines()]
    keys = [line.split("\t")[1] for line in run(BYLINE, "--no-config", "--list", "keys").stdout.splitlines()]
    tagged = [line for line in page.splitlines() if line.startswith(".It ")]
    words = {word for line in tagged for word in line.split()}
    for what, names in (("option", options), ("command", commands), ("key", keys), ("variable", variables())):
        for name in names:
            if not set(name.split()) <= words:
                yield "it does not name the %s %s" % (what, name)
    for name in re.findall(r"^@about (.*)", read("docs/byline.1.in"), re.M):
        if name not in options:
            yield "docs/byline.1.in is about --%s, which does not exist" % name


def versions(page):
    version = run(BYLINE, "--version").stdout.split()[-1]
    if ".Os byline %s\n" % version not in page:
        yield "its version is not %s" % version
    if not read("debian/changelog").startswith("byline (%s)" % version):
        yield "the version of debian/changelog is not %s" % version


def main():
    with open(PAGE, encoding="ascii") as file:
        page = file.read()
    bad = list(unnamed(unescaped(page))) + list(versions(page))
    if shutil.which("mandoc"):
        bad += run("mandoc", "-T", "lint", "-W", "warning", PAGE).stdout.splitlines()
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
