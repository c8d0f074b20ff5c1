import { availabilityOf, type HomeAnswers, needsHours } from '../../../modules/needs/index.js';

/** A question about what is at home. Devices are numbered from 1. */
export type HomeQuestion =
  { readonly about: 'device' | 'hours'; readonly number: number } | { readonly about: 'devices' | 'connection' | 'alone' };

/** The name of a question in addresses, such as `device-2`. */
export const nameOf = (question: { readonly about: string; readonly number?: number }): string =>
  question.number === undefined ? question.about : `${question.about}-${question.number}`;

/** The questions about what is at home to which these answers lead, in order. */
export function homeQuestionsOf({ devices }: Pick<HomeAnswers, 'devices'>): HomeQuestion[] {
  return [
    { about: 'devices' },
    ...(devices ?? []).flatMap(({ time }, place): HomeQuestion[] => {
      const number = place + 1;
      return [{ about: 'device', number }, ...(needsHours(time) ? [{ about: 'hours' as const, number }] : [])];
    }),
    { about: 'connection' },
    { about: 'alone' },
  ];
}

export function isHomeAnswered(question: HomeQuestion, { devices, connection, alone }: HomeAnswers): boolean {
  switch (question.about) {
    case 'devices':
      return devices !== null;
    case 'device':
      return devices?.[question.number - 1]?.time != null;
    case 'hours': {
      const device = devices?.[question.number - 1];
      return device !== undefined && availabilityOf(device) !== null;
    }
    case 'connection':
      return connection !== null;
    case 'alone':
      return alone !== null;
  }
}
