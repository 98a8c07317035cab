#!/usr/bin/env bash
# Draws every icon size from the two SVG sources. Run it after a change to either; the results are committed,
# because a build should not need a drawing program.
# Needs: librsvg2-bin, imagemagick, icnsutils.
set -euo pipefail
cd "$(dirname "$0")"

draw() { rsvg-convert --width "$2" --height "$2" "$1" --output "$3"; }

for size in 16 24; do
  draw id360-desk-small.svg "$size" "${size}x${size}.png"
done
for size in 32 48 64 128 256 512; do
  draw id360-desk.svg "$size" "${size}x${size}.png"
done
cp 256x256.png 128x128@2x.png
mv 512x512.png icon.png

# By its own name: a machine may have something else called convert.
magick=$(command -v convert-im6.q16 || command -v magick || command -v convert)
"$magick" 16x16.png 24x24.png 32x32.png 48x48.png 64x64.png 256x256.png icon.ico
png2icns icon.icns 16x16.png 32x32.png 48x48.png 128x128.png 256x256.png icon.png >/dev/null
ls -l -- *.png icon.ico icon.icns
