import assert from 'node:assert/strict';
import { inflateRawSync } from 'node:zlib';

export const name = 'offline: the zip holds every file of the site, byte for byte, and how to serve it';

/** The entries of a zip, by its directory. */
function entries(zip) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const found = [];
  let at = zip.readUInt32LE(end + 16);
  for (let k = zip.readUInt16LE(end + 10); k > 0; k -= 1) {
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const body = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    found.push([name, zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(body) : body]);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
}

const get = async (url) => {
  const answer = await fetch(url);
  assert.equal(answer.status, 200, url);
  return Buffer.from(await answer.arrayBuffer());
};

export default async function ({ base }) {
  const [[readme, text], ...rest] = entries(await get(`${base}brenier-offline.zip`));
  assert.equal(readme, 'brenier/README.txt');
  assert.match(String(text), /python3 -m http\.server/);
  for (const [file, bytes] of rest) assert.ok(bytes.equals(await get(base + file.replace(/^brenier\//, ''))), file);
  // The list in the worker is of the same files.
  const { files } = JSON.parse(/^const SITE = (.*);$/m.exec(String(await get(`${base}sw.js`)))[1]);
  assert.deepEqual(rest.map(([file]) => file.replace(/^brenier\//, '')).filter((file) => file !== 'sw.js'), files.map(([file]) => file));
}
