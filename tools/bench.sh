# ./dev bench [NAME…]: measure, beside other programs. Sourced by ./dev. Names: ami, pbx, canned, findings, redact, popup, ingest, store, million, timeline, window, ring, start,
# chat-sockets, chat-load, chat-kill, push-kill.
#
# The programs that Liaison is measured beside come into a root of their own, so that a build never needs them.

peer_packages=(isync maildir-utils gnome-text-editor geary dino-im fzf fzy)

in_bench_root() {
  if has_new_libraries; then
    for package in mbsync:isync mu:maildir-utils; do need_tool "${package%:*}" "${package#*:}"; done
    (cd "$top" && "$@"); return
  fi
  make_root "$state/bench" trixie "${build_packages[@]}" "${test_packages[@]}" "${peer_packages[@]}"
  in_root "$state/bench" user "$@"
}

# What a telephone system said, beside npm's parser where there is npm.
bench_ami() {
  local peer
  find tests/fixtures/ami -name '*.txt' ! -name '*.order.txt' -print0 | sort -z | xargs -0 cat >"$build_dir/ami.txt"
  enter "$build_dir/tests/bench/ami-bench" "$build_dir/ami.txt"
  command -v npm >/dev/null || return 0
  peer=$(mktemp -d)
  npm install --silent --no-audit --no-fund --prefix "$peer" asterisk-manager@0.2.0
  NODE_PATH=$peer/node_modules node tests/bench/ami-peer.js "$build_dir/ami.txt"
  rm -rf "$peer"
}

# What a connection to a PBX takes of a processor, for a minute, and how soon a client knows.
bench_pbx() {
  enter python3 tests/bench/pbx_rates.py 60
  enter env LIAISON_ENGINE="$build_dir/src/engine/liaisond" python3 tests/bench/pbx_latency.py 20
}

# How much personal data is found in messages that people marked, and how much else is hidden.
bench_redact() { enter "$build_dir/tests/bench/redact-bench" tests/fixtures/redact; }

# Beside SQLite's FTS5, fzf and fzy.
bench_canned() { in_bench_root "$build_dir/tests/bench/canned-bench" tests/fixtures/canned; }

# What was said before, found while one types, beside SQLite's FTS5.
bench_findings() { in_bench_root "$build_dir/tests/bench/findings-bench" tests/fixtures/canned "${FINDINGS:-50000}"; }

# From a letter to the frame that shows the responses.
bench_popup() {
  in_bench_root env GDK_BACKEND=x11 GSK_RENDERER=cairo xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- \
    "$build_dir/tests/bench/popup-bench" tests/fixtures/canned
}

# What the use of canned responses says, read from 10,000 of them and 100,000 uses, then twice as many.
bench_learning() { enter "$build_dir/tests/bench/learning-bench"; }

bench_ingest() {
  tests/stack/stack up
  trap 'tests/stack/stack down' EXIT
  in_bench_root env LIAISON_ENGINE="$build_dir/src/engine/liaisond" python3 tests/bench/ingest.py _dev/stack "${MESSAGES:-5000}"
}

bench_store() { in_bench_root "$build_dir/tests/bench/store-bench"; }

bench_million() { in_bench_root python3 tests/bench/million.py "$build_dir"; }

bench_timeline() {
  in_bench_root env GDK_BACKEND=x11 GSK_RENDERER=cairo xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- "$build_dir/tests/bench/timeline-bench"
}

# A copy of the large store as the workspace of an app that writes in it.
copy_large_store() { # copy_large_store DIRECTORY
  [ -d _dev/bench-store/data ] || in_bench_root "$build_dir/tests/bench/store-bench" _dev/bench-store/data
  rm -rf "$1" && mkdir -p "$1" && cp -r --reflink=auto _dev/bench-store/data "$1/default"
}

# The whole window on the large store; a colleague writes in it meanwhile.
bench_window() {
  copy_large_store _dev/bench-window
  in_bench_root env GDK_BACKEND=x11 GSK_RENDERER=cairo xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- \
    python3 tests/bench/window.py "$build_dir" _dev/bench-window
}

# Who calls: from the telephone's ringing to the frame.
bench_ring() {
  copy_large_store _dev/bench-ring
  tests/stack/stack up
  trap 'tests/stack/stack down' EXIT
  enter tools/in-session python3 tests/bench/ring.py "$build_dir" _dev/bench-ring "${RINGS:-120}"
}

bench_start() {
  in_bench_root env GDK_BACKEND=x11 GSK_RENDERER=cairo dbus-run-session -- python3 tests/bench/start.py "$build_dir"
}

# Thousands of held WebSockets, beside npm's ws where there is npm; which is asked first whether it understands ours. A server goes when its input ends.
bench_chat-sockets() {
  local peer port pid
  if ! command -v npm >/dev/null; then enter python3 tests/bench/chat_sockets.py "$build_dir"; return; fi
  peer=$(mktemp -d)
  cp tests/bench/ws/* "$peer"
  npm ci --silent --no-audit --no-fund --prefix "$peer"

  coproc server { enter "$build_dir/tests/engine/socket-echo"; }
  pid=$server_PID
  read -r _ port <&"${server[0]}"
  node "$peer/client.js" "$port"
  exec {server[1]}>&-
  wait "$pid"

  coproc server { node "$peer/server.js"; }
  pid=$server_PID
  read -r _ port <&"${server[0]}"
  enter python3 tests/bench/chat_sockets.py "$build_dir" "$port"
  exec {server[1]}>&-
  wait "$pid"
  rm -rf "$peer"
}

# Two thousand visitors of the whole engine: when what they write is kept, and what agents notice, also while somebody floods.
bench_chat-load() {
  enter env LIAISON_ENGINE="$build_dir/src/engine/liaisond" python3 tests/bench/chat_load.py "$build_dir"
}

# kill -9 of the engine with fifty chats, a hundred times: what is lost or doubled, and when both sides go on.
bench_chat-kill() {
  enter env LIAISON_KILL_ROUNDS="${ROUNDS:-100}" LIAISON_ENGINE="$build_dir/src/engine/liaisond" python3 -m pytest -q -s -p no:cacheprovider tests/engine/test_chat_kill.py
}

# A thousand answers of a real Redmine that get lost, and 200 kill -9 of the engine, while an agent captures and files: what is lost or doubled.
bench_push-kill() {
  tests/stack/stack up
  trap 'tests/stack/stack down' EXIT
  enter env LIAISON_LOST_REPLIES="${LOST:-1000}" LIAISON_KILL_ROUNDS="${ROUNDS:-200}" LIAISON_ENGINE="$build_dir/src/engine/liaisond" \
    python3 -m pytest -q -s -p no:cacheprovider tests/engine/test_push_kill.py
}

build
cd "$top"
[ $# -gt 0 ] || set -- ami pbx canned findings learning redact popup ingest store million timeline window ring start chat-sockets chat-load chat-kill push-kill
for name in "$@"; do
  say "Measuring: $name"
  "bench_$name"
done
