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

FORMATS=image/urf
. "$(dirname "$(readlink -f "$0")")/parts/cups-office.sh"

mkdir -p bin/filter
for each in /usr/lib/cups/*; do
    [ "$each" = /usr/lib/cups/filter ] || ln -s "$each" bin/
done
for each in /usr/lib/cups/filter/*; do
    [ "$each" = /usr/lib/cups/filter/rastertopwg ] || ln -s "$each" bin/filter/
done
printf '%s\n' '%!PS-Adobe-3.0' '/Helvetica findfont 20 scalefont setfont 72 72 moveto (x) show showpage' |
    gs -q -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sOutputFile=page.pdf -

print() { # what the server is called, and where its filters are
    echo "ServerBin $2" | cat cups/cups-files.conf - >cups/files.conf
    cups "$folder/cups/files.conf"
    state=$(lpstat -p office -a office | tr '\n' ' ')
    said=$(lp -d office page.pdf 2>&1) && code=0 || code=$?
    echo "$1: $state"
    echo "    lp ends with $code: $said"
    kill $server
    wait $server || true
}
echo "CUPS $(dpkg-query -W -f '${Version}' cups-daemon)"
print "without rastertopwg" "$folder/bin"
case $state in *idle*accepting*) ;; *) echo "this has changed"; exit 1 ;; esac
case $code$said in 1*"Unsupported document-format"*application/pdf*) ;; *) echo "this has changed"; exit 1 ;; esac
rm -rf cups/cache cups/state cups/printers.conf cups/ppd && mkdir -p cups/cache cups/state
print "with it" /usr/lib/cups
[ $code = 0 ] || { echo "this has changed"; exit 1; }
