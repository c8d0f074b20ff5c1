import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

// What a test makes and what the program makes are of the same classes, so that `instanceof` tells the truth.
const CLASSES = [Array, ArrayBuffer, Date, Error, Map, Object, Promise, RangeError, RegExp, Set, SyntaxError, TypeError, Uint8Array];

/** The environment of a test file whose program is loaded once for all files of the worker: see built-modules.transform.mjs. */
export default class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const each of CLASSES) this.global[each.name] = each;
    // What decorators say of a class is kept there.
    this.global.Reflect = Reflect;
    this.global.moduleOfWorker = createRequire(import.meta.url);
    // The program reads the environment of the process, and not a copy.
    this.global.process = process;
    this.variables = { ...process.env };
  }

  /** What a file has set, the next one does not find. */
  async teardown() {
    for (const name of Object.keys(process.env)) if (!Object.hasOwn(this.variables, name)) delete process.env[name];
    Object.assign(process.env, this.variables);
    await super.teardown();
  }
}
