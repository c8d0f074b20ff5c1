import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { TestServer } from './global-setup.js';

/** Ends the test database and waits until it is gone. */
export default async function globalTeardown(): Promise<void> {
  const { passerelleTestServer: server, passerelleStatements: statements } = globalThis as TestServer;
  if (statements !== undefined) await rm(statements, { recursive: true, force: true });
  if (!server || server.exitCode !== null) return;
  server.stdin?.end();
  await once(server, 'exit');
}
