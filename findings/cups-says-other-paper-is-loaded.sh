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

FORMATS=application/pdf
. "$(dirname "$(readlink -f "$0")")/parts/cups-office.sh"
cups "$folder/cups/cups-files.conf"

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
