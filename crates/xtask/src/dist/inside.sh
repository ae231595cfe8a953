# What happens in the clean Debian; see clean.sh. Each step says what it found, or the script stops there.
step() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
fail() {
    printf '\nFAILED: %s\n' "$*" >&2
    [ ! -s "$HOME/window.log" ] || cat "$HOME/window.log" >&2
    exit 1
}
# Waits at most 90 seconds until a command succeeds.
wait_for() {
    what=$1
    shift
    n=0
    until "$@" >/dev/null 2>&1; do
        n=$((n + 1))
        [ "$n" -lt 180 ] || fail "no $what within 90 seconds"
        sleep 0.5
    done
}

install() {
    step "apt-get install, with what the package depends on and nothing more"
    apt-get -qq update
    apt-get -qq install --yes --no-install-recommends /scenario-atlas.deb >/dev/null
    dpkg --verify scenario-atlas || fail "files differ from those of the package"
    for program in scenario-atlas atlas; do
        ! ldd "/usr/bin/$program" | grep 'not found' || fail "$program misses libraries"
        say "$program: every library is there; $($program --version)"
    done
    dpkg-query --show --showformat '   Depends: ${Depends}\n   Recommends: ${Recommends}\n   Installed-Size: ${Installed-Size} kB\n' scenario-atlas
    for library in libwebkit2gtk-4.1-0 libgtk-3-0 libc6; do
        dpkg-query --show --showformat '${Depends}' scenario-atlas | grep -q "$library" || fail "$library is not named"
    done
    dpkg-query --show --showformat '${Recommends}' scenario-atlas | grep -q 'fonts-noto-cjk' || fail "no Chinese font is recommended"

    step "what lies beside the programs"
    apt-get -qq install --yes --no-install-recommends xvfb xdotool dbus-daemon desktop-file-utils shared-mime-info \
        libglib2.0-bin procps fonts-wqy-microhei man-db bash-completion >/dev/null
    desktop-file-validate /usr/share/applications/scenario-atlas.desktop
    grep -q '^Icon=scenario-atlas$' /usr/share/applications/scenario-atlas.desktop || fail "the desktop entry names no icon"
    for size in 32x32 128x128 256x256@2 512x512; do
        [ -s "/usr/share/icons/hicolor/$size/apps/scenario-atlas.png" ] || fail "no icon of $size"
    done
    for page in scenario-atlas atlas atlas-search atlas-feed; do
        # In a base system without manuals the pages are left out of every package.
        [ ! -e "/usr/share/man/man1/$page.1.gz" ] || man --warnings -l "/usr/share/man/man1/$page.1.gz" >/dev/null
    done
    dpkg --contents /scenario-atlas.deb >/contents
    grep -q '/usr/share/man/man1/atlas-search.1.gz$' /contents || fail "no manual of atlas search"
    grep -q '/usr/share/zsh/vendor-completions/_atlas$' /contents || fail "no completions for zsh"
    bash -c '. /usr/share/bash-completion/bash_completion && . /usr/share/bash-completion/completions/atlas && complete -p atlas' >/dev/null
    for text in copyright THIRD-PARTY.txt; do
        grep -q "/usr/share/doc/scenario-atlas/$text$" /contents || fail "no $text"
    done
    say "desktop entry, icons, manuals, completions, licences"

    useradd --create-home reader
    # From here on there is no network at all.
    step "without a network"
    unshare --net sh -eu /inside.sh display

    step "apt-get remove"
    apt-get -qq remove --purge --yes scenario-atlas >/dev/null
    left=$(find /usr /etc -path '*scenario-atlas*' ! -path '/usr/share/icons/*' 2>/dev/null)
    [ -z "$left" ] || fail "left behind: $left"
    [ -s /home/reader/.local/share/scenario-atlas/user.db ] || fail "what the user made went with the package"
    say "the programs are gone, the user's data stays"
    printf '\nThe package works in a clean system.\n'
}

display() {
    mkdir -p /shots && chmod 777 /shots
    Xvfb :7 -ac -screen 0 1480x924x24 -nolisten tcp -noreset -fbdir /shots >/dev/null 2>&1 &
    server=$!
    wait_for display test -S /tmp/.X11-unix/X7
    chmod a+r /shots/*
    runuser --login reader --whitelist-environment=LC_ALL --command \
        'DISPLAY=:7 GDK_BACKEND=x11 LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=1 dbus-run-session -- sh -eu /inside.sh session'
    kill "$server"
}

# Whether a line is in the log of the window.
logged() { grep -q "$1" "$HOME/window.log"; }
# Whether the window is there by its name.
named() { xdotool search --name 'Scenario Atlas'; }

# The user `reader`, with a session of his own.
session() {
    data=$HOME/.local/share/scenario-atlas
    [ ! -e "$data" ] || fail "the data folder is not empty"
    scenario-atlas >"$HOME/window.log" 2>&1 &
    window=$!
    wait_for "drawn page" logged 'page ready after'
    # Asked earlier, the terminal would be the one that opens the folder.
    wait_for "file of the catalog" test -s "$data/catalog.db"
    wait_for "catalog" sh -c 'atlas search --limit 1 | grep -q .'
    say "$(grep -o 'page ready after.*' "$HOME/window.log")"

    atlas status --json >"$HOME/status.json"
    records=$(grep -o '"records": [0-9]*' "$HOME/status.json" | grep -o '[0-9]*' | head -n 1)
    [ "${records:-0}" -gt 100 ] || fail "the catalog has ${records:-no} records: $(cat "$HOME/status.json")"
    say "beside the open window: atlas status finds $records records"
    wait_for "hit of atlas search" sh -c "atlas search 质检 --json --limit 3 | grep -q '\"ref\"'"
    say "atlas search 质检 finds rows"

    # A list, as a person opens it.
    xdotool windowfocus --sync "$(named | head -n 1)"
    sleep 1
    xdotool key ctrl+2
    wait_for "row of a list" logged 'first rows after'
    say "a list in the window: $(grep -o 'first rows after.*' "$HOME/window.log")"
    cp /shots/Xvfb_screen0 /shots/list.xwd

    publish
    kind=$(gio info --attributes standard::content-type "$HOME/夹具 1.atlas" | grep -o 'application/.*')
    [ "$kind" = application/vnd.scenario-atlas.feed ] || fail "an .atlas file is taken for $kind"
    gio mime "$kind" | grep -q 'scenario-atlas.desktop' || fail "nothing opens $kind"
    say "$kind is opened by scenario-atlas.desktop"
    # A double click: the entry of the desktop starts the program a second time, and that hands the file over.
    gio open "$HOME/夹具 1.atlas"
    wait_for "file handed over" logged 'asked to open a bundle'
    sleep 3
    cp /shots/Xvfb_screen0 /shots/import.xwd
    [ "$(pgrep --exact --count scenario-atlas)" = 1 ] || fail "a second window opened"
    say "a double click on it lands in the open window"

    kill "$window"
    wait "$window" || true
    # The same with no window open: the file waits until the page listens.
    gio open "$HOME/夹具 1.atlas"
    wait_for "second start" sh -c "[ \$(grep -c 'page ready after' '$data/logs/scenario-atlas.log') -ge 2 ]"
    sleep 4
    cp /shots/Xvfb_screen0 /shots/start.xwd
    pkill --exact scenario-atlas
    say "a double click without a window opens one"
}

# A feed in one file, made with the publisher's commands of the package. Named with a space, as files are.
publish() {
    cd "$HOME"
    export ATLAS_FEED_PASSPHRASE='fixture passphrase'
    atlas feed init feed --title 夹具目录 --id fixture >/dev/null
    rm -f feed/records/*
    printf '%s\n' '名称,行业,环节,地区,来源,核对日期,核实程度' \
        '夹具案例甲,装备制造,生产制造,江苏,夹具公报第1号,2026-03-05,摘录' >feed/records/case.csv
    for verb in build sign verify; do
        atlas feed "$verb" feed >/dev/null
    done
    atlas feed bundle feed '夹具 1.atlas' >/dev/null
}

"$1"
