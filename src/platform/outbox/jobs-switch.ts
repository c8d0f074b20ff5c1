/** Whether this process runs jobs and recurring work; an API-only process, a command and most tests do not. */
export class JobsSwitch {
  constructor(readonly on: boolean) {}
}
