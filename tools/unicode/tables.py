#!/usr/bin/env python3
"""Writes src/base/unicode_tables.h from the Unicode data that Python carries. Run by hand when the
Unicode version is to change: tables.py > src/base/unicode_tables.h"""
import sys
import unicodedata as u

CLASS = {"Lu": 1, "Lt": 1, "Ll": 2, "Lm": 3, "Lo": 3, "Mn": 4, "Mc": 4, "Me": 4, "Nd": 5}
EXTRA = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D",
         "þ": "th", "Þ": "Th", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A",
         "ħ": "h", "Ħ": "H", "ŋ": "ng", "Ŋ": "Ng", "ŧ": "t", "Ŧ": "T", "ʻ": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'"}


def classes():
    rows, start = [], 0x80
    of = lambda c: CLASS.get(u.category(chr(c)), 0) if not 0xD800 <= c < 0xE000 else 0
    while start < 0x110000:
        end = start
        if of(start) in (1, 2) and start + 3 < 0x110000 and of(start + 1) == 3 - of(start):
            while end + 1 < 0x110000 and of(end + 1) == 3 - of(end):
                end += 1
            if end > start + 1:        # upper and lower take turns: 6 begins upper, 7 lower
                rows.append((start, end, 6 if of(start) == 1 else 7))
                start = end + 1
                continue
            end = start
        while end + 1 < 0x110000 and of(end + 1) == of(start):
            end += 1
        if of(start):
            rows.append((start, end, of(start)))
        start = end + 1
    return rows


def deltas():
    """(start, end, step, delta): the lower case of every step-th code point from start is + delta."""
    pairs = [(c, ord(chr(c).lower()) - c) for c in range(0x80, 0x1E944)
             if not 0xD800 <= c < 0xE000 and len(chr(c).lower()) == 1 and chr(c).lower() != chr(c)]
    rows = []
    for c, d in pairs:
        if rows and rows[-1][3] == d and (c - rows[-1][1] == rows[-1][2] or rows[-1][0] == rows[-1][1] and c - rows[-1][1] <= 2):
            rows[-1][2] = c - rows[-1][1]
            rows[-1][1] = c
        else:
            rows.append([c, c, 1, d])
    return rows


def folds():
    out = {}
    for c in list(range(0xA0, 0x250)) + list(range(0x1E00, 0x1F00)):
        ch = chr(c)
        f = EXTRA.get(ch) or "".join(x for x in u.normalize("NFKD", ch) if not u.combining(x))
        f = "".join(EXTRA.get(x, x) for x in f)
        if f != ch and f.isascii() and 0 < len(f) <= 2 and f.isalpha():
            out[c] = f
    for ch, f in EXTRA.items():
        out[ord(ch)] = f
    return sorted(out.items())


def main():
    print("/* Made by tools/unicode/tables.py from Unicode %s; not to be edited. */" % u.unidata_version)
    print("/* clang-format off */")
    print("static const struct class_row class_rows[] = {")
    for s, e, k in classes():
        print("\t{0x%X, 0x%X, %d}," % (s, e, k))
    print("};\nstatic const struct case_row case_rows[] = {")
    for s, e, step, d in deltas():
        print("\t{0x%X, 0x%X, %d, %d}," % (s, e, step, d))
    print("};\nstatic const struct fold_row fold_rows[] = {")
    for c, f in folds():
        print('\t{0x%X, "%s"},' % (c, f))
    print("};\n/* clang-format on */")


sys.exit(main())
