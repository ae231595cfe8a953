#!/bin/sh
# Makes a Debian that has nothing but its base, with the sources of this machine, and uses the package in it.
# usage: clean.sh PACKAGE.deb FOLDER (as root). What is mounted and started ends with this script, however that ends.
set -eu
package=$1
folder=$2
here=$(dirname "$0")
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
mirror=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null |
    grep -v '^#' | grep -o 'https\?://[^ ]*\(debian\|ubuntu\)[^ ]*' | head -n 1)

if [ ! -e "$folder/made" ]; then
    rm -rf "$folder"
    mkdir -p "$folder"
    debootstrap --variant=minbase "$suite" "$folder/base" "$mirror"
    touch "$folder/made"
fi
root=$folder/root
rm -rf "$root"
cp -a "$folder/base" "$root"
rm -f "$root/etc/apt/sources.list"
for settings in sources.list sources.list.d apt.conf apt.conf.d trusted.gpg.d; do
    [ ! -e "/etc/apt/$settings" ] || cp -a "/etc/apt/$settings" "$root/etc/apt/"
done
cp -a /usr/share/keyrings/. "$root/usr/share/keyrings/"
for names in resolv.conf hosts; do
    cp -L "/etc/$names" "$root/etc/$names"
done
cp "$package" "$root/scenario-atlas.deb"
cp "$here/inside.sh" "$root/inside.sh"

# A place of its own for processes and mounts: both are gone when the last line is done.
exec unshare --mount --pid --fork --kill-child sh -eu -c '
    mount -t proc proc "$1/proc"
    mount --rbind /dev "$1/dev"
    exec env -u DISPLAY -u WAYLAND_DISPLAY -u XDG_RUNTIME_DIR -u DBUS_SESSION_BUS_ADDRESS -u XAUTHORITY \
        HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        chroot "$1" sh -eu /inside.sh install
' sh "$root"
