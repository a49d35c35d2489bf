#!/usr/bin/env python3
"""Holds README.md: its pack and its theme pass --check, its links lead somewhere."""
import os
import re
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]


def run(*arguments):
    return subprocess.run([BYLINE, "--no-config"] + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, text=True)


def examples(text):
    """What is wrong with the YAML in the text."""
    for found in re.finditer(r"^```yaml\n(.*?)^```", text, re.S | re.M):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, re.search(r"^name: *(\S+)", found.group(1), re.M).group(1) + ".yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(found.group(1))
            said = run("--check", path)
            if said.returncode:
                yield "an example fails its check:\n" + said.stderr.replace(folder + "/", "")


def links(text):
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        if not os.path.exists(os.path.join(ROOT, target)):
            yield "there is no %s to link to" % target


def main():
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    bad = list(examples(text)) + list(links(text))
    print("\n".join(bad))
    return 1 if bad or "```yaml" not in text else 0


if __name__ == "__main__":
    sys.exit(main())
