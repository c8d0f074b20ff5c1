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
