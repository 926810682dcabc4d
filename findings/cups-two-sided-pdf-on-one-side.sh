#!/bin/sh
# CUPS prints one side of a PDF that asks for two
#
# Versions:  CUPS 2.4.2, cups-filters 1.28.17 (Debian 12: cups-daemon, cups-client, cups-ipp-utils,
#            cups-filters, avahi-daemon, dbus-daemon, dbus, all without recommends)
# Behaviour: what a PDF says of its sheets (/ViewerPreferences /Duplex, ISO 32000-2 table 147) is read
#            by none of the filters for a driverless printer. A job is one-sided where the queue is.
# Seen:      sides=one-sided of a file that says /DuplexFlipLongEdge, at a printer that can do both
# Where it matters:
#   `lp folder.pdf` makes two sheets of a folder. Only what is said with the job arrives:
#   lp -o sides=two-sided-long-edge -o print-scaling=none.
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

python3 - <<'EOF'
page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R>>"
drawn = b"0 g 100 200 100 20 re f"
objects = [
    b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</Duplex/DuplexFlipLongEdge>>>>",
    b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>", page, page,
    b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
]
data, places = b"%PDF-1.7\n", []
for number, each in enumerate(objects, 1):
    places.append(len(data))
    data += b"%d 0 obj%s endobj\n" % (number, each)
table = b"".join(b"%010d 00000 n \n" % place for place in places)
end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
open("two.pdf", "wb").write(data + end % (table, len(data)))
EOF
lp -d office -o print-scaling=none two.pdf >/dev/null
until lpstat -W completed -o office | grep -q office-1; do sleep 0.2; done
cat >jobs.test <<'EOF'
{
 OPERATION Get-Jobs
 GROUP operation-attributes-tag
 ATTR charset attributes-charset utf-8
 ATTR naturalLanguage attributes-natural-language en
 ATTR uri printer-uri $uri
 ATTR keyword which-jobs completed
 ATTR keyword requested-attributes all
}
EOF
sides=$(ipptool -tv ipp://localhost:8631/ipp/print jobs.test | sed -n 's/^ *sides (keyword) = //p')
echo "CUPS $(dpkg-query -W -f '${Version}' cups-daemon): sides=$sides"
[ "$sides" = one-sided ] || { echo "this has changed"; exit 1; }
