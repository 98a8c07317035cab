#!/usr/bin/env bash
# Draws the pictures that the journeys upload: an invented identity card as a phone camera would take it on a desk,
# and a mannequin for the selfie. No real person, no real document model.
#
#   tests/specimens/draw.sh FOLDER
#
# Makes recto.jpg (12 megapixels), verso.png, selfie.jpg (stored sideways, with its EXIF orientation),
# heavy.jpg (close to ID360's limit of 9.5 MB) and page-1.jpg, page-2.jpg of the supporting document.
set -euo pipefail

out=${1:?usage: $0 FOLDER}
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bold=DejaVu-Sans-Bold
plain=DejaVu-Sans
mono=DejaVu-Sans-Mono

# card_front FILE: 2000 x 1260, like an ID-1 card.
card_front() {
  convert -size 2000x1260 gradient:'#dbe9ee'-'#f4ead7' \
    -fill '#0f766e' -draw 'rectangle 0,0 2000,190' \
    -fill '#b8d4d0' -draw 'rectangle 90,290 650,1010' \
    -fill '#e9c9a8' -draw 'ellipse 370,560 150,190 0,360' \
    -fill '#4b3a2d' -draw 'ellipse 370,455 165,120 180,360' \
    -fill '#3b5b7a' -draw 'path "M 150,1010 a 220,240 0 0 1 440,0 z"' \
    -fill white -font $bold -pointsize 92 -annotate +90+130 'CARTE DE SPECIMEN' \
    -font $plain -pointsize 50 -annotate +1280+125 'PAYS INVENTE / NOWHERE' \
    -fill '#5b6770' -pointsize 44 -annotate +740+330 'NOM / Surname' -annotate +740+520 'PRENOMS / Given names' \
    -annotate +740+710 'NE(E) LE / Date of birth' -annotate +1320+710 'No / Number' -annotate +740+900 'EXPIRE LE / Date of expiry' \
    -fill '#16202a' -font $bold -pointsize 76 -annotate +740+410 'VALMONTEL' -annotate +740+600 'ONDINE, LYS' \
    -annotate +740+790 '29 02 1988' -annotate +1320+790 'SP36000017' -annotate +740+980 '31 12 2033' \
    -fill 'rgba(190,24,60,0.30)' -font $bold -pointsize 260 -annotate 340x340+420+1110 'SPECIMEN' \
    "$1"
}

card_back() {
  convert -size 2000x1260 gradient:'#f4ead7'-'#dbe9ee' \
    -fill '#b45309' -draw 'rectangle 0,0 2000,150' \
    -fill white -font $bold -pointsize 70 -annotate +90+105 'SPECIMEN - VERSO' \
    -fill '#5b6770' -font $plain -pointsize 44 -annotate +90+270 'DOMICILE / Address' -annotate +90+560 'DELIVRE PAR / Issued by' \
    -fill '#16202a' -font $bold -pointsize 66 -annotate +90+350 '12 QUAI DES ACACIAS' -annotate +90+440 '00000 VILLE-INVENTEE' \
    -annotate +90+640 'BUREAU DES EXEMPLES' \
    -fill '#c7d2d9' -draw 'rectangle 1450,240 1890,700' \
    -fill '#f7f5ef' -draw 'rectangle 0,830 2000,1260' \
    -fill '#101418' -font $mono -pointsize 90 -annotate +70+960 'ID<<<VALMONTEL<<<<<<<<<<<<<<<<<<' \
    -annotate +70+1080 'SP36000017<<<8802291F3312317<<<<' -annotate +70+1200 'SPECIMEN<<ONDINE<LYS<<<<<<<<<<<<' \
    "$1"
}

# The grain of a small sensor, one tile of it: noise over the whole picture takes a minute.
convert -size 800x800 xc:gray50 -seed 359 -attenuate 1.1 +noise Gaussian -colorspace sRGB -depth 8 "$work/grain.png"

# photograph CARD WIDTH HEIGHT CARD-WIDTH ANGLE SEED FILE OPTIONS...: the card on a wooden desk, under one lamp,
# a little askew.
photograph() {
  local card=$1 width=$2 height=$3 card_width=$4 angle=$5 seed=$6 file=$7
  shift 7
  local desk="$work/desk-$seed.png" laid="$work/card-$seed.png"
  convert -size "$((width / 8))x$((height / 8))" -seed "$seed" plasma:gray30-gray70 -colorspace Gray -motion-blur 0x14+2 \
    -resize "${width}x${height}!" -colorspace sRGB -auto-level +level-colors '#8a6242','#c79d70' -depth 8 "$desk"
  convert "$card" -resize "${card_width}x" \( +clone -alpha transparent -fill white \
    -draw "roundrectangle 0,0 $((card_width - 1)),$((card_width * 63 / 100 - 1)) 60,60" \) \
    -compose CopyOpacity -composite -background none -rotate "$angle" -depth 8 "$laid"
  convert "$desk" \
    \( "$laid" -scale 25% -background black -shadow '65x6+5+8' -scale 400% \) -gravity center -compose over -composite \
    "$laid" -gravity center -compose over -composite \
    +gravity \( -size "$((width / 8))x$((height / 8))" radial-gradient:'#ffffff'-'#a09a94' -resize "${width}x${height}!" \) \
    -compose multiply -composite -alpha off -depth 8 "$work/lit-$seed.png"
  convert -size "${width}x${height}" tile:"$work/grain.png" "$work/grain-$seed.png"
  convert "$work/lit-$seed.png" "$work/grain-$seed.png" -compose softlight -composite -depth 8 "$@" "$file"
}

# Stores the picture sideways and says so in EXIF, as a phone held upright does.
sideways() {
  local turned="$work/turned.jpg"
  convert "$1" -rotate 270 -quality 93 "$turned"
  {
    head -c 2 "$turned"
    # APP1, Exif, big-endian TIFF, one entry: Orientation (0x0112) = 6.
    printf '\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00'
    tail -c +3 "$turned"
  } >"$2"
}

card_front "$work/front.png"
card_back "$work/back.png"
photograph "$work/front.png" 4000 3000 2900 -4 360 "$out/recto.jpg" -quality 95 &
photograph "$work/back.png" 1800 1350 1310 3 361 "$out/verso.png" &
photograph "$work/front.png" 4600 3450 3300 2 362 "$out/heavy.jpg" -quality 98 -define jpeg:extent=9200KB &
wait

convert -size 2400x3200 -seed 363 plasma:gray40-gray60 -colorspace Gray -blur 0x40 -colorspace sRGB +level-colors '#8ea4ae','#c5d0d4' \
  -fill '#33475b' -draw 'path "M 300,3200 C 320,2350 800,2250 1200,2250 C 1600,2250 2080,2350 2100,3200 z"' \
  -fill '#c99f7c' -draw 'rectangle 1030,1900 1370,2350' \
  -fill '#dfb892' -draw 'ellipse 1200,1450 520,680 0,360' \
  -fill '#3d2f26' -draw 'path "M 660,1350 C 640,700 1760,700 1740,1350 C 1640,1050 1300,980 1200,985 C 1100,980 760,1050 660,1350 z"' \
  -fill white -draw 'ellipse 1010,1420 85,50 0,360' -draw 'ellipse 1390,1420 85,50 0,360' \
  -fill '#3d2f26' -draw 'circle 1010,1420 1010,1460' -draw 'circle 1390,1420 1390,1460' \
  -fill none -stroke '#a06a54' -strokewidth 26 -draw 'path "M 1030,1800 Q 1200,1900 1370,1800"' \
  -stroke '#b98b6a' -strokewidth 20 -draw 'path "M 1200,1450 Q 1130,1620 1200,1640"' -stroke none \
  -fill 'rgba(255,255,255,0.75)' -font $bold -pointsize 110 -annotate +760+3100 'MANNEQUIN' \
  \( -size 2400x3200 tile:"$work/grain.png" \) -compose softlight -composite -depth 8 "$work/selfie.png"
sideways "$work/selfie.png" "$out/selfie.jpg"

for page in 1 2; do
  convert -size 1654x2339 xc:'#fbfaf7' -fill '#16202a' -font $bold -pointsize 70 -annotate +140+240 'FACTURE SPECIMEN' \
    -font $plain -pointsize 44 -annotate +140+380 "Ondine VALMONTEL, 12 quai des Acacias, 00000 Ville-inventee" \
    -annotate +140+480 "Page $page / 2" -fill '#dbe9ee' -draw 'rectangle 140,600 1514,1900' \
    \( -size 1654x2339 tile:"$work/grain.png" \) -compose softlight -composite -rotate 0.6 -quality 90 "$out/page-$page.jpg"
done
