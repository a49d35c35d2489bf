#!/usr/bin/env python3
"""Holds that a text which was wrapped by hand gives what it gives a paragraph a line: each sample, at several
widths, with either line end, and quoted as in an e-mail, has the same entities, quotes and speakers."""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
WIDTHS = (60, 66, 72, 80)
# (What it is, the end of a line, what stands before each, whether lines end behind hyphens, whether a title can be told.)
FORMS = (("plain", "\n", "", False, True), ("with CRLF", "\r\n", "", False, True), ("quoted", "\n", "> ", False, False),
         ("hyphened", "\n", "", True, True), ("quoted and hyphened", "\n", "> ", True, False))


def wrap(text, width, end, mark, hyphens):
    fill = lambda line: textwrap.wrap(line, width - len(mark), break_long_words=False, break_on_hyphens=hyphens)
    paragraphs = [fill(line) for line in text.split("\n") if line.strip()]
    empty = mark.rstrip() + end
    return (end + empty).join(end.join(mark + line for line in lines) for lines in paragraphs) + end


def find(path):
    process = subprocess.run([BYLINE, "--no-config", "-f", "json", path], stdin=subprocess.DEVNULL, capture_output=True)
    if process.returncode != 0:
        sys.exit("byline %s: status %d\n%s" % (path, process.returncode, process.stderr.decode()[:3000]))
    return json.loads(process.stdout)


def one_line(part):
    """The text of a part, without what stands between its lines."""
    return part and " ".join(re.sub(r"[\r\n][\s>]*", " ", whole_words(part if isinstance(part, str) else part["text"])).split())


def whole_words(text):
    return re.sub(r"(?<=\w-)[\r\n][\s>]*(?=\w)", "", text)


def told(found, with_title, with_words):
    """What must be the same."""
    for entity in found["entities"]:
        yield "entity", (entity["kind"], entity["name"], tuple(sorted(entity["aliases"])), one_line(entity["role"]), len(entity["mentions"]))
    for quote in found["quotes"]:
        speaker = quote["speaker"]
        yield "quote", (one_line(quote["text"]), quote["form"], one_line(quote["cue"]), one_line(speaker),
                        speaker and speaker["entity"] is not None and found["entities"][speaker["entity"]]["name"])
    if with_words:
        yield "words", found["document"]["words"]
    if with_title:
        yield "title", one_line(found["document"]["title"])
        yield "author", one_line(found["document"]["author"])


def main():
    bad, compared = [], 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "wrapped.txt")
        for sample in sorted(glob.glob(os.path.join(ROOT, "samples/*.txt"))):
            with open(sample, encoding="utf-8", errors="surrogateescape", newline="") as file:
                text = file.read()
            if max(map(len, text.split("\n"))) < 200 or re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff]", text):
                continue  # it is no text of a paragraph a line, or a hostile one
            compared += 1
            flowing = find(sample)
            for what, end, mark, hyphens, with_title in FORMS:
                expected = set(told(flowing, with_title, not hyphens))  # a word is what stands between white space
                for width in WIDTHS:
                    with open(path, "w", encoding="utf-8", newline="") as file:
                        file.write(wrap(text, width, end, mark, hyphens))
                    got = set(told(find(path), with_title, not hyphens))
                    place = "%s at %d columns, %s" % (os.path.basename(sample), width, what)
                    bad += ["%s: missing %s" % (place, one) for one in sorted(expected - got, key=str)]
                    bad += ["%s: new %s" % (place, one) for one in sorted(got - expected, key=str)]
    if compared < 2:
        bad.append("only %d samples were compared" % compared)
    print("\n".join(bad[:40]))
    sys.exit(bool(bad))


main()
