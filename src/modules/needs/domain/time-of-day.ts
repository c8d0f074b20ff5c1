const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** Whether a text is `HH:MM`; `24:00` is the end of a day. */
export const isTimeOfDay = (text: string): boolean => TIME.test(text);

/** Minutes since midnight of an `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** `HH:MM` of minutes since midnight. */
export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
