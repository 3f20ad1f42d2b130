#!/bin/sh
# A file of tests that no meson.build names is run by nobody but who wrote it.
cd "$1/tests" || exit 2
missing=
for file in */test_*.py; do
  name=$(basename "$file" .py)
  grep -qE "'${name#test_}'|$name\.py" "$(dirname "$file")/meson.build" || missing="$missing $file"
done
[ -z "$missing" ] || { echo "Not in a suite:$missing"; exit 1; }
