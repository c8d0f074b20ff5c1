import { prettyFactory, type PrettyOptions } from 'pino-pretty';

/** A request is shown as a sentence. What connects the lines of several processes, or identifies the caller, is only in the JSON. */
const OPTIONS: PrettyOptions = {
  translateTime: 'SYS:HH:MM:ss',
  singleLine: true,
  // Without this, a field called `error` would be shown as an Error; in our lines it is a name.
  errorLikeObjectKeys: [],
  messageFormat: '{msg}{if route} {method} {route}{end}{if status} {status}, {milliseconds} ms{end}',
  ignore: 'requestId,traceId,method,route,status,milliseconds,caller,council',
};

/** Turns a line of the log into one that a person can read in a terminal. */
export const readable: (line: string) => string = prettyFactory(OPTIONS);

/** The log of a program that somebody started by hand. */
export const toTerminal = { write: (line: string) => void process.stderr.write(readable(line)) };
