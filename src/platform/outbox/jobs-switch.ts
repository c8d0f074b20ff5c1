/** Whether this process does jobs and recurring work. A process that only serves the API, a command and most tests do not. */
export class JobsSwitch {
  constructor(readonly on: boolean) {}
}
