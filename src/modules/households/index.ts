export type { Connectivity, Equipment, PostalAddress, TimeRange, Timetable } from './domain/household.js';
export { storedConnectivity, storedEquipment, storedTimetable } from './domain/stored-household.js';
export { type Departure, type DepartureHandler, DeparturesService } from './learners/departures.service.js';
export type { DepartureDecision, LeftBehindRecord } from './domain/departure.rules.js';
export { timetableFaults } from './domain/household.rules.js';
export { HOUSEHOLD_READERS, HouseholdCardsService, type WithHousehold } from './files/household-cards.service.js';
export { type HouseholdInReach, HouseholdsRepository } from './files/households.repository.js';
export { householdIsOfSchool, householdsOfSchool, isOfSchool } from './files/school-reach.sql.js';
export { HOUSEHOLD_CHANGED } from './households.events.js';
