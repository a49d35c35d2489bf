#!/usr/bin/env python3
"""Prints width_table.c from the Unicode Character Database (Debian: unicode-data).

usage: width-table.py [/usr/share/unicode] > width_table.c
Run once for each version of Unicode; its output is kept, so building needs neither.
"""
import re
import sys

WIDE, AMBIGUOUS, EMOJI, PICTOGRAPH, MARK, IGNORED = (1 << bit for bit in range(6))
# Format characters that are seen: signs that span or precede digits.
SEEN_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}

flags = [0] * 0x110000
root = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"


def lines(name):
    """Yields (first, last, fields) of each line of a file of the database."""
    with open(f"{root}/{name}", encoding="utf-8") as file:
        for line in file:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) > 1:
                ends = [int(end, 16) for end in fields[0].split("..")]
                yield ends[0], ends[-1], fields[1:]


def mark(first, last, flag):
    for code in range(first, last + 1):
        flags[code] |= flag


for first, last in ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD),
                    (0x30000, 0x3FFFD)):
    mark(first, last, WIDE)          # also where nothing is assigned yet
for first, last, (width, *_) in lines("EastAsianWidth.txt"):
    if width in "WFA":
        mark(first, last, AMBIGUOUS if width == "A" else WIDE)
for first, last, (name, *_) in lines("emoji/emoji-data.txt"):
    if name in ("Emoji", "Extended_Pictographic"):
        mark(first, last, EMOJI if name == "Emoji" else PICTOGRAPH)
started = 0
for first, last, (name, category, *_) in lines("UnicodeData.txt"):
    if name.endswith("First>"):
        started = first
        continue
    first = started if name.endswith("Last>") else first
    if category in ("Mn", "Me"):
        mark(first, last, MARK)
    elif category == "Cf" and first not in SEEN_FORMATS:
        mark(first, last, IGNORED)
for first, last, (name, *_) in lines("DerivedCoreProperties.txt"):
    if name == "Default_Ignorable_Code_Point":
        mark(first, last, IGNORED)
for first, last in ((0x1160, 0x11FF), (0xD7B0, 0xD7C6), (0xD7CB, 0xD7FB)):
    mark(first, last, MARK)          # vowels and finals, drawn inside the syllable they follow
for code in (0x115F, 0x3164, 0xFFA0):
    flags[code] &= ~IGNORED          # fillers that stand for a letter are blanks with a width

with open(f"{root}/EastAsianWidth.txt", encoding="utf-8") as file:
    version = re.search(r"-([0-9.]+)\.txt", file.readline()).group(1)
boundaries = [code for code in range(len(flags)) if code == 0 or flags[code] != flags[code - 1]]
print(f"""/* width_table.c: what width.h's flags are for each code point. Made by width-table.py from
 * EastAsianWidth, emoji-data, UnicodeData and DerivedCoreProperties of Unicode {version}.
 *
 * Each entry is a first code point and the flags (the low WIDTH_FLAG_BITS) from it to the next.
 */
#include "layout/width.h"

/* clang-format off */
const uint32_t width_table[] = {{""")
words = [f"0x{code << 6 | flags[code]:x}," for code in boundaries]
for at in range(0, len(words), 10):
    print("\t" + " ".join(words[at:at + 10]))
print(f"""}};
/* clang-format on */

const size_t width_table_length = sizeof width_table / sizeof *width_table;""")
