#!/bin/sh
# A file whose texts are marked for translation but that po/POTFILES does not name stays untranslated, and nobody notices.
cd "$1" || exit 2
marked=$(grep -rlE '(^|[^[:alnum:]_])(N?_|C_|ngettext) ?\("' --include='*.c' --include='*.blp' src | sort)
named=$(grep '^src/' po/POTFILES | sort)
[ "$marked" = "$named" ] || { echo "po/POTFILES names:"; echo "$named"; echo "but marked are:"; echo "$marked"; exit 1; }
