#!/bin/sh
# Holds .clang-format: every C source is laid out as it says.
command -v clang-format >/dev/null || { echo "no clang-format here"; exit 77; }
cd "$ROOT" && make --no-print-directory check-format
