// Draws icon.png: twelve marks around a squiggle. Run it again after a change: `node scripts/make-icon.mjs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 128;
/** Samples per pixel and axis, for smooth edges. */
const SAMPLES = 4;

const CLEAR = [0, 0, 0, 0];
const TILE = [27, 38, 59, 255];
const MARK = [119, 141, 169, 255];
const CHECKED = [82, 196, 148, 255];
const SQUIGGLE = [255, 179, 71, 255];

/** Colour of the point (x, y) with the centre at (0, 0) and the edges at -1 and 1. */
function colourAt(x, y) {
  if (!insideTile(x, y)) return CLEAR;
  const radius = Math.hypot(x, y);
  if (radius > 0.56 && radius < 0.8) {
    const turn = ((Math.atan2(x, -y) / (2 * Math.PI) + 1) % 1) * 12;
    const offset = Math.abs(turn - Math.round(turn)) * ((2 * Math.PI) / 12) * radius;
    if (offset < 0.075) return Math.round(turn) % 12 < 8 ? CHECKED : MARK;
  }
  const wave = 0.13 * Math.sin((x / 0.42) * 2 * Math.PI);
  const slope = Math.cos((x / 0.42) * 2 * Math.PI) * ((0.13 * 2 * Math.PI) / 0.42);
  const distance = Math.abs(y - wave) / Math.hypot(1, slope);
  return Math.abs(x) < 0.4 && distance < 0.062 ? SQUIGGLE : TILE;
}

function insideTile(x, y) {
  const corner = 0.36;
  const dx = Math.max(Math.abs(x) - (1 - corner), 0);
  const dy = Math.max(Math.abs(y) - (1 - corner), 0);
  return Math.hypot(dx, dy) <= corner;
}

function pixel(column, row) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i++) {
    const x = column + ((i % SAMPLES) + 0.5) / SAMPLES;
    const y = row + (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
    const [r, g, b, a] = colourAt((x / SIZE) * 2 - 1, (y / SIZE) * 2 - 1);
    sum[0] += r * a;
    sum[1] += g * a;
    sum[2] += b * a;
    sum[3] += a;
  }
  const alpha = sum[3];
  const channel = (value) => (alpha === 0 ? 0 : Math.round(value / alpha));
  return [...sum.slice(0, 3).map(channel), Math.round(alpha / (SAMPLES * SAMPLES))];
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

function png() {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIZE, 0);
  header.writeUInt32BE(SIZE, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: SIZE }, (_, row) => [
    0,
    ...Array.from({ length: SIZE }, (_, column) => pixel(column, row)).flat(),
  ]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

writeFileSync(fileURLToPath(new URL('../icon.png', import.meta.url)), png());
