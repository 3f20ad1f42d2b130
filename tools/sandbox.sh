# Where Liaison is built: on this system when it has the libraries, else in a Debian 13 root under _dev.
#
# Sourced by ./dev. Offers `enter COMMAND…` (an ordinary user, the tree at /liaison, the network shared) and
# `enter_as_root COMMAND…` (for real mail servers, which change users). Both see the same paths.
#
# Always bubblewrap, never chroot: WebKit and Flatpak start sandboxes of their own, which fail in a chroot.
# Always a mapped uid 1000, so that root (a build server) and an ordinary user see the same world.

state=${LIAISON_STATE:-$top/_dev}            # where the root is kept; several work trees may share one
root=$state/root
pbx_root=$state/pbx                          # where Asterisk is, which Debian 13 does not have
tracker_root=$state/redmine                  # where Redmine is, which brings half of Ruby
web_root=$state/web                          # where a browser, Node and the proxies are, which only tests need

build_packages=(build-essential ccache meson ninja-build pkgconf gettext blueprint-compiler clang-format desktop-file-utils appstream
  libadwaita-1-dev libgtksourceview-5-dev libspelling-1-dev libwebkitgtk-6.0-dev libsoup-3.0-dev libjson-glib-dev
  libdex-dev libsqlite3-dev libgmime-3.0-dev libxml2-dev libxml2-utils libsecret-1-dev libgcrypt20-dev
  libphonenumber-dev libicu-dev libsofia-sip-ua-glib-dev libgstreamer1.0-dev libgstreamer-plugins-base1.0-dev
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-pulseaudio)
test_packages=(ca-certificates xvfb xauth dbus dbus-x11 at-spi2-core adwaita-icon-theme librsvg2-common fonts-inter
  fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji hunspell-en-us dconf-gsettings-backend libgtk-4-bin openbox xdotool imagemagick
  python3-gi gir1.2-atspi-2.0 python3-dbusmock python3-pytest python3-websockets procps dovecot-imapd dovecot-lmtpd postfix openssl
  libcmark-gfm-dev libcmark-gfm-extensions-dev)
fedora_packages=(gcc ccache meson ninja-build pkgconf gettext blueprint-compiler clang-tools-extra desktop-file-utils appstream
  libadwaita-devel gtksourceview5-devel libspelling-devel webkitgtk6.0-devel libsoup3-devel json-glib-devel libdex-devel
  sqlite-devel gmime30-devel libxml2-devel libsecret-devel libgcrypt-devel libphonenumber-devel libicu-devel sofia-sip-glib-devel gstreamer1-devel
  gstreamer1-plugins-base-devel gstreamer1-plugins-good gstreamer1-plugins-bad-free-extras xorg-x11-server-Xvfb dbus-daemon at-spi2-core gtk4-devel-tools
  openbox xdotool ImageMagick python3-gobject python3-dbusmock python3-pytest python3-websockets dovecot postfix openssl hunspell-en-US)

# Of the testing suite: neither Debian 13 nor Fedora has Asterisk. Its root is used on every system.
pbx_packages=(asterisk)
tracker_packages=(ca-certificates redmine redmine-sqlite ruby-sqlite3 puma)
web_packages=(ca-certificates chromium nodejs npm nginx-light caddy)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
die() { printf 'dev: %s\n' "$*" >&2; exit 1; }

as_administrator() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else die "this needs an administrator: please run  $*"; fi
}

# A system as new as Debian 13 has every library: GTK 4.18, libadwaita 1.7, libdex.
has_new_libraries() {
  [ -z "${LIAISON_FORCE_ROOT:-}" ] && . /etc/os-release 2>/dev/null || return 1
  case $ID in
    debian) [ "${VERSION_ID:-99}" -ge 13 ] ;;
    ubuntu) [ "${VERSION_ID%%.*}" -ge 26 ] ;;
    fedora) [ "$VERSION_ID" -ge 43 ] ;;
    *) return 1 ;;
  esac
}

install_native_packages() {
  local mark=$state/native-packages list
  . /etc/os-release
  if [ "$ID" = fedora ]; then list=("${fedora_packages[@]}"); else list=("${build_packages[@]}" "${test_packages[@]}"); fi
  [ "$(cat "$mark" 2>/dev/null)" = "${list[*]}" ] && return
  say "Installing the libraries that Liaison is built with …"
  if [ "$ID" = fedora ]; then as_administrator dnf install -y "${list[@]}"
  else as_administrator apt-get update -qq && as_administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${list[@]}"; fi ||
    die "the packages could not be installed; see the messages above"
  mkdir -p "$state" && echo "${list[*]}" >"$mark"
}

need_tool() {
  command -v "$1" >/dev/null && return
  command -v apt-get >/dev/null || die "please install $2, then run this again"
  say "Installing $2 …"
  as_administrator apt-get update -qq
  as_administrator env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$2" >/dev/null ||
    die "please install the package $2, then run this again"
}

# Show that a long step lives: a line every ten seconds, its log kept for when it fails.
with_progress() { # with_progress LOG COMMAND…
  local log=$1 start=$SECONDS pid; shift
  "$@" >"$log" 2>&1 & pid=$!
  while kill -0 $pid 2>/dev/null; do
    sleep 1
    [ $(((SECONDS - start) % 10)) = 0 ] && printf '  … %3d s  %s\n' $((SECONDS - start)) "$(tail -n 1 "$log" | cut -c 1-80)" >&2
  done
  wait $pid || { tail -n 20 "$log" >&2; die "that failed; the whole log is in $log"; }
}

# make_root DIR SUITE PACKAGE… -- a Debian root at DIR; nothing to do when it is there with the same packages.
make_root() {
  local dir=$1 suite=$2 stamp lock; shift 2
  stamp=$(echo "$suite $*" | sha256sum | cut -c 1-16)
  [ "$(cat "$dir/.stamp" 2>/dev/null)" = "$stamp" ] && return
  need_tool mmdebstrap mmdebstrap
  need_tool bwrap bubblewrap
  mkdir -p "$state"

  # Two at once would remove each other's half-made root, with the system's /proc and /sys mounted in it.
  exec {lock}>"$dir.lock"
  flock --nonblock "$lock" || { say "Another ./dev is making the Debian root; waiting for it …"; flock "$lock"; }
  [ "$(cat "$dir/.stamp" 2>/dev/null)" = "$stamp" ] && { exec {lock}>&-; return; }

  remove_tree "$dir.new"
  say "Making a Debian root in ${dir#"$top"/} (once, up to two minutes) …"
  # Redmine's set-up tells by the names of these folders which database there is, and never ends without one.
  local options=(--variant=minbase --aptopt='APT::Install-Recommends "false"' --dpkgopt='path-exclude=/usr/share/doc/*'
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-include=/usr/share/doc/redmine-*' --include="$(echo "$*" | tr ' ' ,)"
    --customize-hook='printf "dev:x:1000:1000:dev:/home/dev:/bin/bash\nvmail:x:5000:5000::/nonexistent:/usr/sbin/nologin\n" >>"$1/etc/passwd"'
    --customize-hook='printf "dev:x:1000:\nvmail:x:5000:\n" >>"$1/etc/group"; mkdir -p "$1/liaison" "$1/opt/state"'
    --customize-hook='[ -e "$1/etc/hosts" ] || printf "127.0.0.1 localhost\n::1 localhost\n" >"$1/etc/hosts"')
  # Lists of the testing suite are valid for a week, and a mirror may be older.
  [ "$suite" = trixie ] || options+=(--aptopt='Acquire::Check-Valid-Until "false"')
  if [ "$(id -u)" = 0 ]; then
    with_progress "$state/mmdebstrap.log" mmdebstrap "${options[@]}" "$suite" "$dir.new"
  else
    need_tool newuidmap uidmap
    mkdir -p "$dir.new"
    with_progress "$state/mmdebstrap.log" sh -c 'mmdebstrap --mode=unshare "$@" - | tar -C "$0" --exclude="./dev/*" --no-same-owner -x' \
      "$dir.new" "${options[@]}" "$suite"
  fi
  echo "$stamp" >"$dir.new/.stamp"
  remove_tree "$dir" && mv "$dir.new" "$dir"
  exec {lock}>&-
}

remove_tree() { [ ! -e "$1" ] || { chmod -R u+w "$1" 2>/dev/null || true; rm -rf --one-file-system "$1"; }; }

# in_root ROOT user|root COMMAND… -- the command in that root, as the ordinary user 1000 or as root.
in_root() {
  local dir=$1 who=$2 name options; shift 2
  mkdir -p "$top/_dev/home/dev" "$state/ccache"
  options=(--ro-bind "$dir" / --dev /dev --tmpfs /run --tmpfs /tmp --tmpfs /var/tmp --bind "$top/_dev/home" /home
    --bind "$top" /liaison --ro-bind-try /etc/resolv.conf /etc/resolv.conf --ro-bind /sys /sys --unshare-ipc --chdir /liaison
    --bind "$state/ccache" /home/ccache
    --clearenv --setenv PATH /usr/bin:/bin:/usr/sbin:/sbin --setenv LANG C.UTF-8 --setenv CCACHE_DIR /home/ccache)
  for name in $(compgen -e | grep -E '^(LIAISON_|GSK_|GTK_|GDK_|G_MESSAGES|G_DEBUG|MESON_|PYTEST_|CI$|CC$)' || true); do
    options+=(--setenv "$name" "${!name}")
  done
  if [ "$who" = user ]; then
    options+=(--unshare-user --uid 1000 --gid 1000 --dir /run/user --perms 0700 --dir /run/user/1000 --new-session --die-with-parent
      --setenv HOME /home/dev --setenv USER dev --setenv XDG_RUNTIME_DIR /run/user/1000)
    [ -S "${XDG_RUNTIME_DIR:-/none}/${WAYLAND_DISPLAY:-none}" ] &&
      options+=(--ro-bind "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" /run/user/1000/wayland-0 --setenv WAYLAND_DISPLAY wayland-0)
    [ -n "${DISPLAY:-}" ] && [ -d /tmp/.X11-unix ] && options+=(--ro-bind /tmp/.X11-unix /tmp/.X11-unix --setenv DISPLAY "$DISPLAY")
    [ -e /dev/dri ] && options+=(--dev-bind /dev/dri /dev/dri)
  else
    options+=(--setenv HOME /root --cap-add ALL --dir /run/user --perms 0700 --dir /run/user/0 --setenv XDG_RUNTIME_DIR /run/user/0)
  fi
  options+=(${common_options[@]+"${common_options[@]}"})
  # A /proc made by real root is partly covered, and nested sandboxes (WebKit, Flatpak) could not mount theirs.
  if [ "$(id -u)" = 0 ]; then unshare --pid --fork --kill-child --mount-proc bwrap "${options[@]}" --bind /proc /proc "$@"
  elif [ "$who" = user ]; then bwrap "${options[@]}" --unshare-pid --proc /proc "$@"
  else unshare --user --map-root-user --map-auto --pid --fork --kill-child --mount-proc bwrap "${options[@]}" --bind /proc /proc "$@"; fi
}

enter() {
  if has_new_libraries; then install_native_packages; (cd "$top" && "$@"); return; fi
  make_root "$root" trixie "${build_packages[@]}" "${test_packages[@]}"
  in_root "$root" user "$@"
}

enter_as_root() {
  if has_new_libraries; then install_native_packages; as_administrator env -C "$top" "$@"; return; fi
  make_root "$root" trixie "${build_packages[@]}" "${test_packages[@]}"
  in_root "$root" root "$@"
}
