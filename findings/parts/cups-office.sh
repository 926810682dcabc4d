# An office for the findings that are about CUPS: a network namespace with loopback alone, avahi, a
# printer of software at port 8631, and the files of a CUPS at port 6310. It is read by a script,
# after its head, with the formats that the printer takes in FORMATS. It wants root.

set -eu
[ "${INSIDE:-}" = yes ] || exec env INSIDE=yes unshare -n -m -p --fork --kill-child --mount-proc sh "$0"
folder=$(mktemp -d)
chmod 755 "$folder" # its filters run as somebody else
mount -t tmpfs none /run
mkdir -p /run/dbus "$folder/spool"
trap 'kill $running 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
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
ippeveprinter -p 8631 -2 -k -c /bin/true -d "$folder/spool" -f "$FORMATS" -r off Office >/dev/null 2>&1 &
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
export CUPS_SERVER=localhost:6310
cups() { # a file of settings: starts the server, and adds the printer as `office`
    cupsd -f -c "$folder/cups/cupsd.conf" -s "$1" >/dev/null 2>&1 &
    server=$!
    running="$running $server"
    until_open 6310
    until_open 8631
    lpadmin -p office -E -m everywhere -v ipp://localhost:8631/ipp/print 2>/dev/null
}
