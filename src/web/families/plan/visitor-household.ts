import { availabilityOf, type VisitorHousehold } from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { sayIn } from '../../parts/messages.js';
import { deviceId } from '../questions/home-fields.js';
import type { PlanAnswers } from './answers.js';
import { QUESTION_TEXTS } from '../questions/texts/index.js';

/** The home that whole answers describe. A child without a name is called by its number. */
export function visitorHousehold({ children, devices, connection }: PlanAnswers, language: TextLanguage): VisitorHousehold {
  const say = sayIn(QUESTION_TEXTS, language);
  return {
    learners: children.map(({ name, level }, place) => ({
      id: `child-${place + 1}`,
      name: name === '' ? say('childName', { number: place + 1 }) : name,
      level,
    })),
    devices: (devices ?? []).map((device, place) => ({
      id: deviceId(place + 1),
      category: device.category,
      available: availabilityOf(device) ?? { time: 'always' },
    })),
    connection: connection ?? 'none',
  };
}
