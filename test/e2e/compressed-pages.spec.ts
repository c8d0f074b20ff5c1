import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** The bytes of an answer as they come over the wire: `fetch` would decompress them. */
function bytesOf(path: string, encodings: string): Promise<{ headers: Readonly<Record<string, unknown>>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encodings, accept: 'text/html' };
    request(app.url + path, { headers }, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () => resolve({ headers: answer.headers, body: Buffer.concat(pieces) }));
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['br, gzip', 'br', brotliDecompressSync],
  ['gzip, deflate', 'gzip', gunzipSync],
])('a page is compressed for a browser that takes %s', async (taken, encoding, decompress) => {
  const plain = await bytesOf('/', 'identity');
  const { headers, body } = await bytesOf('/', taken);
  expect(headers['content-encoding']).toBe(encoding);
  expect(String(headers.vary)).toMatch(/accept-encoding/i);
  expect(body.length).toBeLessThan(plain.body.length / 2);
  expect(decompress(body).toString()).toBe(plain.body.toString());
});

test('what systems read is sent as it is', async () => {
  expect((await bytesOf('/api/v1/openapi.json', 'br, gzip')).headers['content-encoding']).toBeUndefined();
});

test.each(['family', 'icon'])('the file %s has an address of its content, may be kept for ever, and is compressed', async (file) => {
  const page = (await bytesOf('/', 'identity')).body.toString();
  const path = new RegExp(`/assets/${file}-[0-9a-f]{10}[.]\\w+`).exec(page)?.[0] ?? '';
  const plain = await bytesOf(path, 'identity');
  expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(brotliDecompressSync((await bytesOf(path, 'br, gzip')).body).equals(plain.body)).toBe(true);
  expect(gunzipSync((await bytesOf(path, 'gzip')).body).equals(plain.body)).toBe(true);
  expect((await bytesOf(path.replace(/-[0-9a-f]+/, '-0123456789'), 'br')).headers['content-type']).toMatch(/problem/);
});

test('the icon is light', async () => {
  const path = /[/]assets[/]icon-\w+[.]svg/.exec((await bytesOf('/', 'identity')).body.toString())?.[0] ?? '';
  const { headers, body } = await bytesOf(path, 'gzip');
  expect(JSON.stringify(headers).length + body.length).toBeLessThan(700);
});
