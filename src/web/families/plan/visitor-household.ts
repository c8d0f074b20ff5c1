import type { VisitorHousehold } from '../../../modules/needs/index.js';
import type { TextLanguage } from '../../../shared/language.js';
import { sayIn } from '../../parts/messages.js';
import { availabilityOf, deviceId, type PlanAnswers } from './answers.js';
import { PLAN_PAGE_TEXTS } from './texts/index.js';

/** The home that whole answers describe. A child without a name is called by its number. */
export function visitorHousehold({ children, devices, connection }: PlanAnswers, language: TextLanguage): VisitorHousehold {
  const say = sayIn(PLAN_PAGE_TEXTS, language);
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
