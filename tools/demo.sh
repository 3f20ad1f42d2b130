# ./dev demo: real servers, Liaison set up against them, and customers that write and call. Sourced by ./dev.
#
# INTERVAL: seconds between two customers who write (default 6); they call half as often. Everything is thrown away when the window is closed.

build
has_new_libraries && inside=$top || inside=/liaison
export LIAISON_ENGINE="$inside/$build_dir/src/engine/liaisond" LIAISON_DATA="$inside/_dev/demo" LIAISON_STACK="$inside/_dev/stack"
export LIAISON_CREDENTIALS_FILE="$LIAISON_DATA/credentials.json"

end_demo() {
  local group
  for group in ${customers:-} ${callers:-}; do kill -KILL -- "-$group" 2>/dev/null || true; done
  "$top/tests/stack/stack" down
  remove_tree "$top/_dev/demo"
}

"$top/tests/stack/stack" up
trap end_demo EXIT
remove_tree "$top/_dev/demo"
say "Setting up support@example.test …"
enter python3 tools/demo.py set-up
set -m # a process group of their own, so that all of it can be ended; the root's first process does not heed SIGTERM
enter python3 tools/demo.py customers "${INTERVAL:-6}" &
customers=$!
enter tests/stack/callers "$((2 * ${INTERVAL:-6}))" &
callers=$!
set +m
run "$@"
