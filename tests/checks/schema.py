#!/usr/bin/env python3
"""Holds docs/schema/document.json: every sample and every odd text prints as it says, and what it cannot
say holds as well: texts are what stands at their offsets, ids and references are right."""
import glob
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("this Python has no jsonschema")
    sys.exit(77)

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
ODD = {
    "empty": b"",
    "one byte": b"x",
    "only line ends": b"\r\n\n\r\n\n",
    "byte order mark": "\ufeff“We will,” said Ana Duarte.\n".encode(),
    "not UTF-8": "“München” — “Zürich” ".encode() + b"\xff Paris \xc3(\n\xf0\x9f\x98 London\n",
    "Windows-1252": "“We will,” said Ana Duarte of Zürich.\n".encode("cp1252"),
    "UTF-16": "\ufeff“We will,” said Ana Duarte of Zürich.\n".encode("utf-16-le"),
    "controls": b"Ana\x00 Duarte\x1b[31m said\x7f \xc2\x9b\xe2\x80\xae no: all of them will go.\n",
    "quote left open": "He said: “We will not go.\n\nNobody “came.\n".encode(),
    "quotes in quotes": "“A ‘b “c ‘d’ e” f’ g,” said Ana Duarte, “h.”\n".encode(),
    "marks alone": ("“”‘’\"\"''" * 40).encode(),
    "no blank": ("Ana" * 30000).encode(),
    "backslashes": b'"C:\\new\\table\t" said "Ana".\n',
    "last line unended": "Oslo".encode(),
}


def spans(value):
    """Every mapping with start and end inside a value."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value
        for item in value.values():
            yield from spans(item)
    elif isinstance(value, list):
        for item in value:
            yield from spans(item)


def faults(got, raw):
    """What is wrong that the schema cannot say; `raw` is the document's text."""
    for span in spans(got):
        if not 0 <= span["start"] < span["end"] <= len(raw):
            yield "%s is no range of the text" % span
        elif "text" in span and span["text"].encode() != raw[span["start"]:span["end"]]:
            yield "%s is not what stands there" % span
    entities, quotes, document = got["entities"], got["quotes"], got["document"]
    for things, name in ((entities, "entity"), (quotes, "quote")):
        if [thing["id"] for thing in things] != list(range(len(things))):
            yield "an %s's id is not its place" % name
    firsts = [entity["mentions"][0]["start"] for entity in entities]
    if firsts != sorted(firsts):
        yield "entities are not by first offset"
    for entity in entities:
        starts = [mention["start"] for mention in entity["mentions"]]
        if starts != sorted(set(starts)):
            yield "mentions of %s are not by offset" % entity["name"]
        if entity["name"] in entity["aliases"]:
            yield "%s is an alias of itself" % entity["name"]
    firsts = [quote["segments"][0]["start"] for quote in quotes]
    if firsts != sorted(firsts):
        yield "quotes are not by first offset"
    for quote in quotes:
        texts = [raw[s["start"]:s["end"]].decode() for s in quote["segments"]]
        if quote["text"] != " ".join(texts):
            yield "the text of quote %d is not its segments" % quote["id"]
        speaker = quote["speaker"]
        if speaker and [e for e in speaker["entities"] if e >= len(entities)]:
            yield "quote %d is spoken by no entity of the document" % quote["id"]
        if speaker and speaker["entity"] != (speaker["entities"] or [None])[0]:
            yield "the entity of quote %d's speaker is not the first of its entities" % quote["id"]
    if document["bytes"] != len(raw):
        yield "the text has %d bytes, not %d" % (len(raw), document["bytes"])
    if abs(document["minutes"] - document["words"] / 240) > 0.0501:
        yield "%s minutes for %d words" % (document["minutes"], document["words"])


def check(validator, path, name):
    """Prints what is wrong with the output for a file; how many things."""
    process = subprocess.run([BYLINE, "--no-config", "--format", "json", path], stdin=subprocess.DEVNULL, capture_output=True)
    bad = []
    if process.returncode != 0:
        bad.append("status %d: %s" % (process.returncode, process.stderr.decode(errors="replace")))
    else:
        got = json.loads(process.stdout.decode("utf-8"))
        bad += ["%s: %s" % ("/".join(str(p) for p in e.absolute_path), e.message) for e in validator.iter_errors(got)]
        read = open(path, "rb").read().decode(got["document"]["encoding"], "replace")
        bad += list(faults(got, read.encode())) if not bad else []
        if got["document"]["replaced"] != read.count("\ufffd"):
            bad.append("%d bytes replaced, not %d" % (got["document"]["replaced"], read.count("\ufffd")))
    for line in bad:
        print("%s: %s" % (name, line))
    return len(bad)


def main():
    with open(os.path.join(ROOT, "docs/schema/document.json"), encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    bad = sum(check(validator, path, os.path.relpath(path, ROOT)) for path in sorted(glob.glob(ROOT + "/samples/*.txt")))
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ODD.items():
            path = os.path.join(folder, "text")
            with open(path, "wb") as file:
                file.write(text)
            bad += check(validator, path, name)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
