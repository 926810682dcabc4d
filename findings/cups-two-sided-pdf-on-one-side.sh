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

FORMATS=application/pdf
. "$(dirname "$(readlink -f "$0")")/parts/cups-office.sh"
cups "$folder/cups/cups-files.conf"

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
