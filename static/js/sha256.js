// SHA-256 of a short text, as eight words; without crypto.subtle, whose every call costs more than the sum itself.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let n = 2, i = 0; i < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) { prime = false; break; }
  if (!prime) continue;
  // The first 32 bits of the fractional part of a root of each prime.
  K[i] = (Math.cbrt(n) % 1) * 2 ** 32;
  if (i < 8) START[i] = (Math.sqrt(n) % 1) * 2 ** 32;
  i += 1;
}

const w = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));

function compress(state) {
  for (let i = 16; i < 64; i += 1) {
    const x = w[i - 15], y = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i += 1) {
    const t = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const s = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + s) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d;
  state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// Takes text of plain ASCII.
export function sha256(text) {
  const state = START.slice();
  const blocks = ((text.length + 8) >> 6) + 1;
  for (let block = 0; block < blocks; block += 1) {
    w.fill(0, 0, 16);
    const end = Math.min(text.length + 1, block * 64 + 64);
    for (let i = block * 64; i < end; i += 1) {
      w[(i >> 2) & 15] |= (i < text.length ? text.charCodeAt(i) : 0x80) << (24 - (i & 3) * 8);
    }
    if (block === blocks - 1) w[15] = text.length * 8;
    compress(state);
  }
  return state;
}

export const hex = (words) => Array.from(words, (word) => word.toString(16).padStart(8, "0")).join("");
