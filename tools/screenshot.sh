# ./dev screenshot FILE [PAGE]: a picture of the window with sample data. Sourced by ./dev.
#
# PAGE: welcome, setup, inbox, conversation (default), compose, note. SIZE=1600x1000 and STYLE=light|dark|high-contrast in the environment.

[ $# -ge 1 ] || { usage >&2; exit 2; }
build
size=${SIZE:-1280x800}
screen=$((${size%x*} + 10))x$((${size#*x} + 10))
enter env SIZE="$size" STYLE="${STYLE:-light}" GDK_BACKEND=x11 GSK_RENDERER=cairo LIAISON_BUILD="$build_dir" \
  xvfb-run -a -s "-screen 0 ${screen}x24 -nolisten tcp" dbus-run-session -- \
  python3 tools/screenshot.py _dev/screenshot.png "${2:-conversation}"
cp "$top/_dev/screenshot.png" "$1"
say "The picture is in $1."
