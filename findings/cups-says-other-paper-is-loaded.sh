#!/bin/sh
# CUPS says that paper is loaded which is not
#
# Versions:  CUPS 2.4.2, cups-filters 1.28.17 (Debian 12: cups-daemon, cups-client, cups-ipp-utils,
#            cups-filters, avahi-daemon, dbus-daemon, dbus, all without recommends)
# Behaviour: for a driverless queue, `media-ready` of CUPS is made of the printer's `media-ready` and
#            of a list of sizes in another order: other sizes come out.
# Seen:      a printer that holds Letter and Number 10 envelopes: the queue says A4 and DL
# Where it matters:
#   a program that warns of the wrong paper warns of the right one. Ask the printer itself: its
#   address is the queue's `device-uri` (in libcups: CUPS_DEST_FLAGS_DEVICE).
#
# A real CUPS and a printer of software run in a network namespace with loopback alone, so it wants
# root. Exits with 1, and says what it saw, when this changes.

set -eu
[ "${INSIDE:-}" = yes ] || exec env INSIDE=yes unshare -n -m -p --fork --kill-child --mount-proc sh "$0"
folder=$(mktemp -d)
chmod 755 "$folder" # its filters run as somebody else
mount -t tmpfs none /run
mkdir -p /run/dbus "$folder/spool"
trap 'kill $running 2>/dev/null; wait; rm -rf "$folder"' EXIT
running=
cd "$folder"

until_open() { # a port
    tries=0
    until python3 -c "import socket; socket.create_connection(('localhost', $1), 1)" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 100 ] || { echo "nothing at port $1"; exit 1; }
        sleep 0.1
    done
}

ip link set lo up multicast on
ip route add 224.0.0.0/4 dev lo
dbus-daemon --system --nofork --nopidfile >/dev/null 2>&1 &
running="$running $!"
until [ -S /run/dbus/system_bus_socket ]; do sleep 0.1; done
printf '[server]\nuse-ipv6=no\nallow-interfaces=lo\nallow-point-to-point=yes\n' >avahi.conf
avahi-daemon --no-drop-root --no-chroot --no-rlimits -f "$folder/avahi.conf" >/dev/null 2>&1 &
running="$running $!"
until [ -S /run/avahi-daemon/socket ]; do sleep 0.1; done
ippeveprinter -p 8631 -2 -k -c /bin/true -d "$folder/spool" -f application/pdf -r off Office >/dev/null 2>&1 &
running="$running $!"
mkdir -p cups/requests cups/cache cups/log cups/state cups/tmp
chmod 1777 cups/tmp
cat >cups/cups-files.conf <<EOF
SystemGroup root
AccessLog $folder/cups/log/access
ErrorLog $folder/cups/log/error
PageLog $folder/cups/log/page
CacheDir $folder/cups/cache
RequestRoot $folder/cups/requests
ServerRoot $folder/cups
StateDir $folder/cups/state
TempDir $folder/cups/tmp
EOF
cat >cups/cupsd.conf <<EOF
Listen localhost:6310
Browsing No
DefaultAuthType None
WebInterface No
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
EOF
cupsd -f -c "$folder/cups/cupsd.conf" -s "$folder/cups/cups-files.conf" >/dev/null 2>&1 &
running="$running $!"
until_open 6310
until_open 8631
export CUPS_SERVER=localhost:6310
lpadmin -p office -E -m everywhere -v ipp://localhost:8631/ipp/print 2>/dev/null

cat >ready.test <<'EOF'
{
 OPERATION Get-Printer-Attributes
 GROUP operation-attributes-tag
 ATTR charset attributes-charset utf-8
 ATTR naturalLanguage attributes-natural-language en
 ATTR uri printer-uri $uri
 ATTR keyword requested-attributes media-ready
}
EOF
ready() {
    ipptool -tv "$1" ready.test | sed -n 's/^ *media-ready ([^=]*= //p'
}
queue=$(ready ipp://localhost:6310/printers/office)
printer=$(ready ipp://localhost:8631/ipp/print)
echo "CUPS $(dpkg-query -W -f '${Version}' cups-daemon): the printer holds $printer"
echo "the queue says   $queue"
[ "$printer" = na_letter_8.5x11in,na_number-10_4.125x9.5in ]
[ "$queue" = iso_a4_210x297mm,iso_dl_110x220mm ] || { echo "this has changed"; exit 1; }
