# ./dev demo: real servers, Liaison set up against them, customers that write and call, and a shop's page with the chat. Sourced by ./dev.
#
# The window is Alice's: her desk phone is picked up by itself once she signs in to the queue. Bob answers, too. Findings go to Redmine's project "shop".
# CHAT: the port at which the engine takes chats (default 8470); the shop is at the next one, for a browser of this machine.
# INTERVAL: seconds between two customers who write (default 6); they call half as often. Everything is thrown away when the window is closed.

build
has_new_libraries && inside=$top || inside=/liaison
export LIAISON_ENGINE="$inside/$build_dir/src/engine/liaisond" LIAISON_DATA="$inside/_dev/demo" LIAISON_STACK="$inside/_dev/stack"
export LIAISON_DEMO_ENGINE=$LIAISON_ENGINE LIAISON_DEMO_CHAT=${CHAT:-8470}
export LIAISON_CREDENTIALS_FILE="$LIAISON_DATA/credentials.json"

end_demo() {
  local group
  for group in ${customers:-} ${callers:-} ${shop:-}; do kill -KILL -- "-$group" 2>/dev/null || true; done
  "$top/tests/stack/stack" down
  remove_tree "$top/_dev/demo"
}

"$top/tests/stack/stack" up
trap end_demo EXIT
remove_tree "$top/_dev/demo"
say "Setting up mail, telephone, chat and the issue tracker …"
enter python3 tools/demo.py set-up
set -m # a process group of their own, so that all of it can be ended; the root's first process does not heed SIGTERM
enter python3 tools/demo.py customers "${INTERVAL:-6}" &
customers=$!
enter tests/stack/callers "$((2 * ${INTERVAL:-6}))" &
callers=$!
enter python3 tools/demo.py shop &
shop=$!
set +m
say "The shop's page is at http://127.0.0.1:$((LIAISON_DEMO_CHAT + 1))/"
engine=tools/demo-engine # what the window starts
run "$@"
