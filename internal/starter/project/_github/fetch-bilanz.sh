#!/bin/sh
de|# Holt das bilanz, das in bilanz-version.txt steht, in den Ordner, der als Angabe folgt. Es läuft nur,
de|# wenn seine Prüfsumme stimmt. Was in bilanz-version.txt steht, wird gelesen und nie ausgeführt.
en|# Fetches the bilanz that bilanz-version.txt names into the folder given as its argument. It is used
en|# only if its checksum is right. What bilanz-version.txt holds is read, and never run.
set -eu

folder=$1
file=$(dirname "$0")/bilanz-version.txt

stop() {
	echo "::error file=.github/bilanz-version.txt::$1"
	exit 1
}

# line NAME: what stands behind the name, once.
line() { sed -n "s/^$1:[[:space:]]*\([^[:space:]]*\)[[:space:]]*\$/\1/p" "$file"; }

version=$(line version)
archive=$(line archive)
sha256=$(line sha256)

case $version,$archive,$sha256 in
	,* | *,,* | *, | *"
"*)
de|		stop "In .github/bilanz-version.txt fehlt, welches bilanz gemeint ist: Ersetzen Sie die Datei durch die, die zu einer Ausgabe von bilanz gehört." ;;
en|		stop "The file .github/bilanz-version.txt does not say which bilanz is meant: put the one that comes with a release of bilanz in its place." ;;
esac
case $archive in
	https://*) ;;
de|	*) stop "Die Adresse hinter archive: beginnt nicht mit https://." ;;
en|	*) stop "The address behind archive: does not begin with https://." ;;
esac
case $sha256 in
de|	*[!0-9a-f]*) stop "Die Prüfsumme hinter sha256: besteht nicht aus Ziffern und den Buchstaben a bis f." ;;
en|	*[!0-9a-f]*) stop "The checksum behind sha256: is not made of digits and the letters a to f." ;;
esac

mkdir -p "$folder"
curl --proto '=https' --tlsv1.2 --fail --silent --show-error --location --retry 3 --output "$folder/archive.tar.gz" -- "$archive" ||
de|	stop "bilanz $version ließ sich nicht von $archive herunterladen."
en|	stop "bilanz $version could not be downloaded from $archive."
printf '%s  %s\n' "$sha256" "$folder/archive.tar.gz" | sha256sum --check --status ||
de|	stop "Was unter $archive liegt, hat nicht die Prüfsumme hinter sha256:. Es wurde nicht ausgeführt."
en|	stop "What lies at $archive does not have the checksum behind sha256:. It was not run."
tar -xzf "$folder/archive.tar.gz" -C "$folder" --no-same-owner --strip-components 1
[ -f "$folder/bilanz" ] ||
de|	stop "Im Archiv von bilanz $version ist kein Programm namens bilanz."
en|	stop "The archive of bilanz $version holds no program named bilanz."
