# ./dev flatpak: build, install and start the Flatpak in its own sandbox. Sourced by ./dev.
#
# The manifest in flatpak/ is for the GNOME runtime. Where that can be had (flatpak with a remote that offers it), it is built as it stands. Else, as
# on a build server without one, the same manifest is built against a runtime that is made here from the Debian packages
# of ./dev: the names of runtime and SDK are replaced, and the modules that this runtime already has are left out.
#
#   ./dev flatpak             build, install, print the permissions, start it
#   ./dev flatpak --build     build and install only
#   ./dev flatpak --exec COMMAND…   run a command where `flatpak` and the installed app are

flatpak_tools=(flatpak flatpak-builder elfutils appstream appstream-compose desktop-file-utils patch jq ca-certificates git
  xvfb xauth dbus dbus-x11 at-spi2-core openbox xdotool imagemagick python3-gi gir1.2-atspi-2.0 procps gnome-keyring xdg-desktop-portal
  xdg-desktop-portal-gtk libglib2.0-bin librsvg2-common adwaita-icon-theme fonts-inter python3-websockets)
flatpak_platform=(libgtk-4-1 libadwaita-1-0 libgtksourceview-5-0 libspelling-1-2 libwebkitgtk-6.0-4 libsoup-3.0-0 libjson-glib-1.0-0 libdex-1-1
  libsqlite3-0 libgmime-3.0-0t64 libxml2 libsecret-1-0 libgcrypt20 libphonenumber8 libsofia-sip-ua-glib3t64 gstreamer1.0-plugins-base
  gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-pulseaudio glib-networking ca-certificates librsvg2-common adwaita-icon-theme fonts-inter
  fonts-dejavu-core fonts-droid-fallback fonts-noto-color-emoji hunspell-en-us at-spi2-core locales bash)
flatpak_state=$state/flatpak

in_flatpak_tools() { # in_flatpak_tools user|root COMMAND…
  local who=$1; shift
  mkdir -p "$flatpak_state"
  common_options=(--bind "$flatpak_state" /opt/state --ro-bind "$state/flatpak-platform" /mnt --ro-bind "$root" /srv
    --setenv FLATPAK_USER_DIR /opt/state/user --setenv TMPDIR /opt/state/tmp)
  in_root "$state/flatpak-tools" "$who" "$@"
  common_options=()
}

make_runtime() {
  make_root "$root" trixie "${build_packages[@]}" "${test_packages[@]}"
  make_root "$state/flatpak-tools" trixie "${flatpak_tools[@]}"
  make_root "$state/flatpak-platform" trixie "${flatpak_platform[@]}"
  local stamp; stamp=$(cat "$root/.stamp" "$state/flatpak-platform/.stamp" | sha256sum)
  [ "$(cat "$flatpak_state/.stamp" 2>/dev/null)" = "$stamp" ] && return
  say "Making a runtime from the Debian packages (once; two minutes) …"
  remove_tree "$flatpak_state"; mkdir -p "$flatpak_state/tmp"
  with_progress "$state/flatpak-runtime.log" in_flatpak_tools root flatpak/make-runtime /mnt /srv /opt/state/repo
  echo "$stamp" >"$flatpak_state/.stamp"
}

build_flatpak() {
  make_runtime
  say "Building the Flatpak …"
  with_progress "$state/flatpak-build.log" in_flatpak_tools root bash -ec '
    jq ".runtime = \"org.liaisondesk.DebianPlatform\" | .sdk = \"org.liaisondesk.DebianSdk\" | .\"runtime-version\" = \"trixie\" |
        .modules |= map(select(.name == \"liaison\"))" flatpak/org.liaisondesk.Liaison.json >flatpak/.local.json
    trap "rm -f flatpak/.local.json" EXIT
    flatpak-builder --user --install --force-clean --disable-rofiles-fuse --disable-updates --default-branch=main \
      --state-dir=/opt/state/builder /opt/state/build flatpak/.local.json
    flatpak build-bundle /opt/state/user/repo /opt/state/liaison.flatpak org.liaisondesk.Liaison main 2>/dev/null || true'
}

check_flatpak() {
  say "Permissions:"
  in_flatpak_tools user flatpak --user info --show-permissions org.liaisondesk.Liaison
  say "Metadata:"
  in_flatpak_tools user bash -c 'cd /opt/state/build/files/share &&
    appstreamcli validate --no-net metainfo/*.xml && desktop-file-validate applications/*.desktop && echo "valid"'
}

case ${1:-} in
  --build) build_flatpak; check_flatpak ;;
  --exec) shift; make_runtime; in_flatpak_tools user "$@" ;;
  *)
    build_flatpak; check_flatpak
    say "Starting it in its sandbox …"
    in_flatpak_tools user env XDG_CURRENT_DESKTOP=GNOME xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- flatpak/try 2>"$state/flatpak-try.log"
    ;;
esac
