#!/bin/sh
# What the compiler cannot check: JSON is looked into only where its traps are known (src/wire/lia-json.c).
cd "$1" || exit 2
found=$(grep -rnE 'json_parser_|json_object_get_[a-z0-9_]*member|json_array_get_[a-z0-9_]*element|json_from_string|json_reader_' \
  --include='*.c' --include='*.h' src | grep -v '^src/wire/lia-json\.[ch]:')
[ -z "$found" ] || { echo "use lia-json.h instead:"; echo "$found"; exit 1; }
