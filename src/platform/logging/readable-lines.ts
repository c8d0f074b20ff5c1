import { prettyFactory, type PrettyOptions } from 'pino-pretty';

/** A request is told in words; what joins the lines of several processes, or names who called, is left to the JSON. */
const OPTIONS: PrettyOptions = {
  translateTime: 'SYS:HH:MM:ss',
  singleLine: true,
  // One that is called `error` is a name, as all fields of ours are.
  errorLikeObjectKeys: [],
  messageFormat: '{msg}{if route} {method} {route}{end}{if status} {status}, {milliseconds} ms{end}',
  ignore: 'requestId,traceId,method,route,status,milliseconds,caller,council',
};

/** Turns a line of the log into one that a person reads at a terminal. */
export const readable: (line: string) => string = prettyFactory(OPTIONS);

/** The log of a program that somebody started by hand. */
export const toTerminal = { write: (line: string) => void process.stderr.write(readable(line)) };
