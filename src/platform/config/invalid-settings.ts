/**
 * The settings are unusable; one line for each fault. It has a file of its own, so that a program that reads no settings need not load
 * them.
 */
export class InvalidSettings extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'InvalidSettings';
  }
}
