// Writes moving pictures that browsers, GitHub and marketplaces show: PNG with frames (APNG), of which each holds what has changed.
import { deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const RGB = 3;

/**
 * @param frames screenshots of one size (PNG, 8 bits, RGB or RGBA without interlacing), and how long each is shown
 * @returns the moving picture; who shows no frames shows the first
 */
export function movingPicture(frames) {
  const pictures = frames.map(({ png, ms }) => ({ ...pixelsOf(png), ms }));
  const [{ width, height }] = pictures;
  const chunks = [
    chunk('IHDR', numbers([4, width], [4, height], [1, 8], [1, 2], [1, 0], [1, 0], [1, 0])),
    chunk('acTL', numbers([4, pictures.length], [4, 0])),
  ];
  let sequence = 0;
  pictures.forEach((picture, index) => {
    const before = pictures[index - 1];
    const area = before ? changed(before, picture) : { x: 0, y: 0, width, height };
    const { x, y } = area;
    const control = [
      [4, sequence++],
      [4, area.width],
      [4, area.height],
      [4, x],
      [4, y],
    ];
    chunks.push(chunk('fcTL', numbers(...control, [2, picture.ms], [2, 1000], [1, 0], [1, 0])));
    const data = encoded(picture, area);
    chunks.push(
      before ? chunk('fdAT', Buffer.concat([numbers([4, sequence++]), data])) : chunk('IDAT', data),
    );
  });
  return Buffer.concat([SIGNATURE, ...chunks, chunk('IEND', Buffer.alloc(0))]);
}

/** Three bytes a pixel. */
function pixelsOf(png) {
  let at = SIGNATURE.length;
  let header;
  const parts = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') parts.push(data);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = { 2: RGB, 6: 4 }[header[9]];
  if (header[8] !== 8 || bytes === undefined || header[12] !== 0)
    throw new Error('No PNG of 8 bits with RGB or RGBA.');
  const lines = unfiltered(inflateSync(Buffer.concat(parts)), width * bytes, height, bytes);
  const pixels = Buffer.alloc(width * height * RGB);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    lines.copy(pixels, pixel * RGB, pixel * bytes, pixel * bytes + RGB);
  return { width, height, pixels };
}

function unfiltered(data, stride, height, bytes) {
  const lines = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (stride + 1)];
    for (let i = 0; i < stride; i += 1) {
      const at = y * stride + i;
      const left = i < bytes ? 0 : lines[at - bytes];
      const up = y === 0 ? 0 : lines[at - stride];
      const corner = i < bytes || y === 0 ? 0 : lines[at - stride - bytes];
      const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter];
      lines[at] = data[y * (stride + 1) + 1 + i] + guess;
    }
  }
  return lines;
}

function nearest(left, up, corner) {
  const guess = left + up - corner;
  const [a, b, c] = [left, up, corner].map((each) => Math.abs(guess - each));
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** The smallest rectangle with all that differs; one pixel where nothing does. */
function changed(before, after) {
  let [left, top, right, bottom] = [after.width, after.height, 0, 0];
  for (let y = 0; y < after.height; y += 1)
    for (let x = 0; x < after.width; x += 1) {
      const at = (y * after.width + x) * RGB;
      if (before.pixels.compare(after.pixels, at, at + RGB, at, at + RGB) === 0) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  if (left > right) return { x: 0, y: 0, width: 1, height: 1 };
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** Each line as its difference from the one above, which is small where a picture is plain. */
function encoded({ width, pixels }, area) {
  const stride = area.width * RGB;
  const data = Buffer.alloc((stride + 1) * area.height);
  for (let y = 0; y < area.height; y += 1) {
    const from = ((area.y + y) * width + area.x) * RGB;
    const to = y * (stride + 1);
    data[to] = 2;
    for (let i = 0; i < stride; i += 1)
      data[to + 1 + i] = pixels[from + i] - (y === 0 ? 0 : pixels[from + i - width * RGB]);
  }
  return deflateSync(data, { level: 9 });
}

function numbers(...values) {
  return Buffer.concat(
    values.map(([size, value]) => {
      const bytes = Buffer.alloc(size);
      bytes.writeUIntBE(value, 0, size);
      return bytes;
    }),
  );
}

function chunk(type, data) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  return Buffer.concat([numbers([4, data.length]), named, numbers([4, checksum(named)])]);
}

const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function checksum(data) {
  let sum = 0xffffffff;
  for (const byte of data) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
