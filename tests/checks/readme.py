#!/usr/bin/env python3
"""Holds README.md: its table of keys is what --list keys says, its pack and its theme pass --check, its links lead
somewhere. `make readme` writes the table anew."""
import os
import re
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
TABLE = re.compile(r"(?<=\n<!-- keys -->\n).*?(?=<!-- /keys -->)", re.S)


def run(*arguments):
    return subprocess.run([BYLINE, "--no-config"] + list(arguments), stdin=subprocess.DEVNULL, capture_output=True, text=True)


def keys():
    """The table of keys: a row a command and pane."""
    rows = {}
    for line in run("--list", "keys").stdout.splitlines():
        pane, key, command, what = line.split("\t")
        quote = "`` %s ``" if "`" in key else "`%s`"
        rows.setdefault((pane, what), []).append(quote % key)
    order = list(dict.fromkeys(pane for pane, _ in rows))
    lines, last = ["| where | keys | what |", "|---|---|---|"], None
    for (pane, what), names in sorted(rows.items(), key=lambda row: order.index(row[0][0])):
        lines.append("| %s | %s | %s |" % ("" if pane == last else pane, " ".join(names).replace("|", "\\|"), what))
        last = pane
    return "\n" + "\n".join(lines) + "\n\n"


def examples(text):
    """What is wrong with the YAML in the text."""
    for found in re.finditer(r"^```yaml\n(.*?)^```", text, re.S | re.M):
        with tempfile.TemporaryDirectory() as folder:
            name = re.search(r"^name: *(\S+)", found.group(1), re.M)
            path = os.path.join(folder, (name.group(1) if name else "keys") + ".yaml")
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
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if sys.argv[1:] == ["--write"]:
        with open(path, "w", encoding="utf-8") as file:
            file.write(TABLE.sub(lambda _: keys(), text))
        return 0
    bad = list(examples(text)) + list(links(text))
    if TABLE.findall(text) != [keys()]:
        bad.append("its table of keys is not what --list keys says; run make readme")
    print("\n".join(bad))
    return 1 if bad or "```yaml" not in text else 0


if __name__ == "__main__":
    sys.exit(main())
