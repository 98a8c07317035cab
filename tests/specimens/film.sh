#!/usr/bin/env bash
# Films the mannequin that turns its head, as a liveness video: three seconds of VP8 in WebM, without sound. No real person.
#
#   tests/specimens/film.sh FILE
#
# FILE is kept beside this script as liveness.webm. Wants ImageMagick, gstreamer1.0-tools and gstreamer1.0-plugins-good.
set -euo pipefail

file=${1:?usage: $0 FILE}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# frame NUMBER: of 36; the head goes to the left, to the right, and back.
frame() {
  local shift
  shift=$(awk -v n="$1" 'BEGIN { printf "%d", 26 * sin(n * 6.2832 / 36) }')
  convert -size 240x320 xc:'#a9bcc5' \
    -fill '#33475b' -draw 'path "M 30,320 C 32,235 80,225 120,225 C 160,225 208,235 210,320 z"' \
    -fill '#c99f7c' -draw 'rectangle 103,190 137,235' \
    -fill '#3d2f26' -draw 'ellipse 120,118 60,62 0,360' \
    -fill '#dfb892' -draw "ellipse $((120 + shift / 4)),148 50,66 0,360" \
    -fill white -draw "ellipse $((101 + shift)),142 9,5 0,360" -draw "ellipse $((139 + shift)),142 9,5 0,360" \
    -fill '#3d2f26' -draw "circle $((101 + shift)),142 $((101 + shift)),146" -draw "circle $((139 + shift)),142 $((139 + shift)),146" \
    -fill none -stroke '#a06a54' -strokewidth 3 -draw "path \"M $((103 + shift)),180 Q $((120 + shift)),190 $((137 + shift)),180\"" -stroke none \
    -fill white -font DejaVu-Sans-Bold -pointsize 15 -annotate +72+308 'MANNEQUIN' \
    "$work/$(printf '%02d' "$1").png"
}

for number in $(seq 0 35); do frame "$number"; done
gst-launch-1.0 -q multifilesrc location="$work/%02d.png" start-index=0 stop-index=35 caps=image/png,framerate=12/1 ! \
  pngdec ! videoconvert ! video/x-raw,format=I420 ! \
  vp8enc deadline=0 end-usage=cq cq-level=20 target-bitrate=120000 keyframe-max-dist=12 ! webmmux ! filesink location="$file"
