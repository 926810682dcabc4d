#!/bin/sh
# A queue that CUPS adds without a word, and that takes no PDF
#
# Versions:  CUPS 2.4.2, cups-filters 1.28.17 (Debian 12). A server that was put together from
#            cups-daemon, cups-client and cups-filters, without recommends, has no filter
#            rastertopwg: that is in the package cups. Here it is hidden from the server.
# Behaviour: `lpadmin -m everywhere` of a printer that takes URF (as AirPrint printers do) ends with
#            0 and says nothing of it; the queue is idle and accepts jobs; each PDF is refused.
# Seen:      lp: Unsupported document-format "application/pdf"; and with the filter the same job is taken
# Where it matters:
#   a container or a small server prints to one printer and not to the next, and each tool says that
#   the queue is ready. Ask the queue for `document-format-supported` before you send; install cups.
#
# A real CUPS and a printer of software run in a network namespace with loopback alone, so it wants
# root and the packages cups, cups-client, cups-ipp-utils, cups-filters, avahi-daemon, dbus-daemon
# and dbus. Exits with 1, and says what it saw, when this changes.

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
ippeveprinter -p 8631 -2 -k -c /bin/true -d "$folder/spool" -f image/urf -r off Office >/dev/null 2>&1 &
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
mkdir -p bin/filter
for each in /usr/lib/cups/*; do
    [ "$each" = /usr/lib/cups/filter ] || ln -s "$each" bin/
done
for each in /usr/lib/cups/filter/*; do
    [ "$each" = /usr/lib/cups/filter/rastertopwg ] || ln -s "$each" bin/filter/
done
printf '%s\n' '%!PS-Adobe-3.0' '/Helvetica findfont 20 scalefont setfont 72 72 moveto (x) show showpage' |
    gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=page.pdf -

export CUPS_SERVER=localhost:6310
print() { # what the server is called, and where its filters are
    echo "ServerBin $2" | cat cups/cups-files.conf - >cups/files.conf
    cupsd -f -c "$folder/cups/cupsd.conf" -s "$folder/cups/files.conf" >/dev/null 2>&1 &
    server=$!
    until_open 6310
    lpadmin -p office -E -m everywhere -v ipp://localhost:8631/ipp/print 2>/dev/null
    state=$(lpstat -p office -a office | tr '\n' ' ')
    said=$(lp -d office page.pdf 2>&1) && code=0 || code=$?
    echo "$1: $state"
    echo "    lp ends with $code: $said"
    kill $server
    wait $server || true
}
until_open 8631
echo "CUPS $(dpkg-query -W -f '${Version}' cups-daemon)"
print "without rastertopwg" "$folder/bin"
case $state in *idle*accepting*) ;; *) echo "this has changed"; exit 1 ;; esac
case $code$said in 1*"Unsupported document-format"*application/pdf*) ;; *) echo "this has changed"; exit 1 ;; esac
rm -rf cups/cache cups/state cups/printers.conf cups/ppd && mkdir -p cups/cache cups/state
print "with it" /usr/lib/cups
[ $code = 0 ] || { echo "this has changed"; exit 1; }
