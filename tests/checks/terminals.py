#!/usr/bin/env python3
"""Holds docs/terminals.md: what the reader draws, and how, on every kind of terminal it knows of. It is played on each,
read from the emulated screen, and what was seen is compared with the table. `make terminals` writes it anew."""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

ROOT, BYLINE = os.environ["ROOT"], os.environ["BYLINE"]
PLAYER = os.path.join(os.path.dirname(os.path.abspath(BYLINE)), "tests/real/test-terminal")
TABLE = re.compile(r"(?<=\n<!-- %s -->\n).*?(?=<!-- /%s -->)" % ("seen", "seen"), re.S)
SKIPPED = 77

TERMINALS = (  # name in the table, then what the script sets
    ("xterm", "term xterm"),
    ("xterm-256color", "term xterm-256color"),
    ("xterm-256color, COLORTERM=truecolor", "term xterm-256color", "set COLORTERM=truecolor", "entry byline-xterm"),
    ("xterm-256color, NO_COLOR=1", "term xterm-256color", "set NO_COLOR=1"),
    ("xterm-direct", "term xterm-direct", "entry byline-xterm"),
    ("tmux-256color", "term tmux-256color", "entry byline-tmux"),
    ("screen", "term screen"),
    ("linux", "term linux"),
    ("vt100", "term vt100"),
    ("vt220", "term vt220"),
    ("rxvt", "term rxvt"),
    ("dumb", "term dumb"),
    ("unknown", "term unknown"),
    ("not set", "term -"),
    ("xterm-256color, locale C", "term xterm-256color", "set LC_ALL=C"),
    ("vt100, locale C", "term vt100", "set LC_ALL=C"),
    ("xterm-256color, ISO-8859-1", "term xterm-256color", "latin", "set LC_ALL=en_US.ISO-8859-1 LOCPATH=HERE"),
    ("linux, ISO-8859-1", "term linux", "latin", "set LC_ALL=en_US.ISO-8859-1 LOCPATH=HERE"),
)
SIGNALS = "HUP INT QUIT TERM ABRT SEGV"
SCRIPTS = "wide 中文字|\n\ncombining e\u0301a\u0308o\u0302|\n\nemoji 😀🎵|\n\nright-to-left שלום|\n"
LEFT = {"wide": 7, "combining": 4, "emoji": 5, "right-to-left": 5}  # cells that each should take

PROBE = """
size 120x36
run byline harbour.txt
wait
say modes
modes
keys Q
end
"""

PRINTED = r"""
say plain
run byline harbour.txt
end
whole
shows “It is only polite.”
say sent
foreign
"""

STORY = r"""
say looks
run byline harbour.txt
wait
keys ]q
looks
say prompt
keys /hu
find /hu
cursor
say hit
keys rs<Enter>
looks
say resized
keep
keys <Resize:50x20> <Resize:120x36>
same
say continued
keys j
keep
keys <C-z>
stopped
whole
signal CONT
wait
same
say quit
keys Q
end
whole
say sent
foreign
say scripts
size 60x12
run byline scripts.txt
wait
screen
find 中文字|
find e\xcc\x81a\xcc\x88o\xcc\x82|
find 😀🎵|
find שלום|
keys Q
end
say signals
each SIGNAL %s
run byline harbour.txt
wait
signal $SIGNAL
end
whole
""" % SIGNALS


def play(terminal, story, here):
    """What a script printed, by its `say` lines."""
    script = "\n".join(terminal[1:]).replace("HERE", here) + PROBE + story
    kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    variables = dict(kept, PATH=os.path.dirname(os.path.abspath(BYLINE)) + ":/usr/bin:/bin", HOME=here, LC_ALL="C.UTF-8")
    out = subprocess.run([PLAYER], input=script, capture_output=True, text=True, cwd=here, env=variables).stdout
    parts, section = {}, "head"
    for line in out.splitlines():
        if re.fullmatch("modes|looks|prompt|hit|resized|continued|quit|plain|sent|scripts|signals", line):
            section = line
        parts.setdefault(section, []).append(line)
    return {name: lines[1:] for name, lines in parts.items()}


def play_all(terminal, here):
    """A terminal without modes gets the text and nothing else: its story is shorter."""
    modes = play(terminal, "", here)["modes"]
    return play(terminal, PRINTED if modes[0] == "no mode" else STORY, here)


class Picture:
    """A screen with looks: rows of characters, rows of letters, and what each letter stands for."""

    def __init__(self, lines, rows):
        self.rows = list(zip(lines[0:2 * rows:2], lines[1:2 * rows:2]))
        self.looks = {line[0]: line[2:] for line in lines[2 * rows:]}
        self.looks["."] = ""

    def look(self, text):
        for characters, letters in self.rows:
            if text in characters:
                return self.looks[letters[characters.index(text)]]
        return None

    def attributes(self, text, than="represents"):
        """What sets a text off: attributes, or a colour that is not that of what surrounds it."""
        look, plain = self.look(text), self.look(than)
        if look is None:
            return "no"
        words = [w for w in look.split() if w in ("bold", "italic", "underline", "curly", "reverse")]
        return " ".join(words) or ("colour" if look != plain else "nothing")

    def depth(self):
        colours = [w for look in self.looks.values() for w in look.split() if w[0] in "#0123456789"]
        if any(c[0] == "#" for c in colours):
            return "24-bit"
        most = max([int(c) for c in colours], default=-1)
        return "none" if most < 0 else "8" if most < 8 else "16" if most < 16 else "256"

    def column(self, wanted):
        """The signs that stand in the column where most rows have one of these, in order of their number."""
        columns = [[row[0][i] for row in self.rows if i < len(row[0]) and row[0][i] in wanted] for i in range(70, 90)]
        return signs(max(columns, key=len))


def signs(found):
    return " ".join("`%s`" % c for c in sorted(set(found), key=lambda c: (-found.count(c), c))) or "no"


def first(pattern, rows):
    found = [m.group(1) for m in (re.search(pattern, row[0]) for row in rows) if m]
    return found[0] if found else ""


def yes(good, otherwise="no"):
    return "yes" if good else otherwise


def in_place(lines, name, found):
    """Whether a text takes the cells it should; else what is shown for it."""
    if found.startswith("columns"):
        start, end = map(int, re.findall(r"\d+", found)[:2])
        if end - start == LEFT[name]:
            return "yes"
    shown = first(r"\b%s (\S+)" % name, [(line, "") for line in lines])
    return "`%s`" % shown.rstrip("|") if shown else "no"


def drawn(parts):
    """The cells of a terminal's row in the first table."""
    before, after = Picture(parts["looks"], 36), Picture(parts["hit"], 36)
    bar = first(r"^\s*(\S)\s+.We did not win", before.rows)
    histogram = first(r"Ruben Aldecoa\s+(\S+)\s+\d", before.rows)
    return [yes(before.look("Driverless")), before.depth(), before.attributes("Driverless"), before.attributes("berths cost"),
            before.attributes("Ruben Aldecoa, "), before.attributes("Norwell"), after.attributes("hurs"), signs(bar), before.column("│┃┤┫┼╋|#+[]<>=-*!:%"),
            signs(histogram)]


def behaves(parts):
    scripts = parts["scripts"]
    screen, found = scripts[:12], scripts[12:16]
    cursor = re.findall(r"\d+", " ".join(parts["prompt"]))
    signals = parts["signals"]
    return [in_place(screen, "wide", found[0]), in_place(screen, "combining", found[1]), in_place(screen, "emoji", found[2]),
            in_place(screen, "right-to-left", found[3]), yes(len(cursor) == 5 and cursor[1] == cursor[3] and cursor[2] == cursor[4]),
            yes(parts["resized"] == ["the same screen"]),
            yes(parts["continued"] == ["stopped", "terminal whole", "the same screen"]),
            yes(parts["quit"] == ["status 0", "terminal whole"]),
            yes(signals == [line for name in SIGNALS.split() for line in ("ended by SIG" + name, "terminal whole")]),
            sent(parts["sent"][0])]


def sent(foreign):
    """What is sent beside the entry's own sequences: those that xterm's family knows, or others by name."""
    family = r"\\E\[#m|\\E\[\?(25h|1049l|100[02346][hl]|2004[hl]|2026[hl]|2026\$p)|\\E\[c|\\E\]11;\?\\E\\"
    if foreign == "nothing else":
        return "its entry's"
    strangers = [s for s in foreign.split(" ") if not re.fullmatch(family, s)]
    return " ".join("`%s`" % s for s in strangers) or "xterm's as well"


DRAWN = ("terminal", "text", "colours", "headline", "spoken words", "a person", "an organization", "search hit", "bar of the chosen quote",
         "scroll bar", "histogram")
BEHAVES = ("terminal", "wide", "combining", "emoji", "right to left", "cursor in the prompt", "another size", "`^Z` and `fg`",
           "left by `Q`", "by signals", "sequences")


def printed(parts):
    """The same where the text is printed only."""
    good = parts["plain"] == ["status 0", "terminal whole", "shows '“It is only polite.”'"]
    return ["printed" if good else "no"] + ["—"] * (len(DRAWN) - 2), ["—"] * (len(BEHAVES) - 2) + [sent(parts["sent"][0])]


def table(head, rows):
    lines = [" | ".join(cells) for cells in [head, ["---"] * len(head)] + rows]
    return "".join("| %s |\n" % line for line in lines)


def tables(here):
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        played = list(pool.map(lambda terminal: play_all(terminal, here), TERMINALS))
    cells = [printed(parts) if "plain" in parts else (drawn(parts), behaves(parts)) for parts in played]
    names = [terminal[0] for terminal in TERMINALS]
    return "\n" + table(DRAWN, [[n] + c[0] for n, c in zip(names, cells)]) + "\n" + table(
        BEHAVES, [[n] + c[1] for n, c in zip(names, cells)]) + "\n"


def prepare(here):
    """Texts, and a locale that is not UTF-8; false where it cannot be made."""
    with open(os.path.join(here, "scripts.txt"), "w", encoding="utf-8") as file:
        file.write(SCRIPTS)
    with open(os.path.join(ROOT, "samples/harbour.txt"), encoding="utf-8") as source:
        with open(os.path.join(here, "harbour.txt"), "w", encoding="utf-8") as file:
            file.write(source.read())
    made = subprocess.run(["localedef", "-i", "en_US", "-f", "ISO-8859-1", os.path.join(here, "en_US.ISO-8859-1")], capture_output=True)
    return made.returncode < 2 and os.path.exists(os.path.join(here, "en_US.ISO-8859-1"))


def main():
    path = os.path.join(ROOT, "docs/terminals.md")
    with tempfile.TemporaryDirectory(prefix="byline-") as here:
        if not prepare(here):
            print("no locale of ISO-8859-1 can be made here")
            return SKIPPED
        seen = tables(here)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    if sys.argv[1:] == ["--write"]:
        with open(path, "w", encoding="utf-8") as file:
            file.write(TABLE.sub(lambda _: seen, text))
        return 0
    if TABLE.findall(text) == [seen]:
        return 0
    written = (TABLE.findall(text) or [""])[0].splitlines()
    print("docs/terminals.md is not what is seen; if that is meant, run make terminals\n" +
          "\n".join(line for line in seen.splitlines() if line not in written))
    return 1


if __name__ == "__main__":
    sys.exit(main())
