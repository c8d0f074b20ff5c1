import { expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { docsPage } from './docs-page.js';

const text = { type: 'string', minLength: 1, maxLength: 20 };
const operation = {
  description: 'Finds <script>one</script>.',
  parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string', format: 'uuid' } }],
  requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingBody' } } } },
  responses: {
    200: {
      description: 'as it stands now',
      content: { 'application/json': { schema: { items: { $ref: '#/components/schemas/Thing' } } } },
    },
    404: { description: 'NOT_FOUND' },
  },
  'x-rights': { scope: 'things:read', roles: ['council_manager', 'auditor'] },
};
const document = {
  info: { description: 'The API.' },
  paths: { '/api/v1/things/{id}': { get: operation, post: { responses: {}, 'x-rights': { scope: null, roles: ['auditor'] } } } },
  components: {
    schemas: { Thing: { required: ['name'], properties: { name: text, kind: { enum: ['a', 'b'] }, at: { anyOf: [text, {}] } } } },
  },
} as unknown as OpenAPIObject;
const page = docsPage(document);
const words = page.replaceAll(/<style>.*<\/style>|<[^>]*>/gs, ' ').replaceAll(/\s+/g, ' ');

test('says of an operation what it does, who may call it, what it takes and what it answers', () => {
  expect(page).toContain('<section id="GET--api-v1-things-id-"><h3><span class="method">GET</span> <code>/api/v1/things/{id}</code></h3>');
  expect(page).toContain('<a href="#GET--api-v1-things-id-"><code>GET /things/{id}</code></a>');
  for (const sentence of [
    'For clients with things:read ; council manager, auditor.',
    'For auditor.',
    'Body ( application/json ): ThingBody',
    'id path, required string, uuid',
    '200 as it stands now list of Thing 404 NOT_FOUND',
  ]) {
    expect(words).toContain(sentence);
  }
});

test('says of a shape what may be left out, and how long a text may be', () => {
  expect(words).toContain('Thing name string, 1 to 20 kind (may be left out) a b at (may be left out) string, 1 to 20');
});

test('escapes what a description holds', () => {
  expect(page).toContain('Finds &lt;script>one&lt;/script>.');
  expect(page).not.toContain('<script');
});
