import { Injectable } from '@nestjs/common';
import { Transactions } from '../../../platform/index.js';
import { foldForSearch } from '../../../shared/plain-text.js';
import type { SchoolLevel } from './entities/school.entity.js';
import { type FoundSchool, SchoolFinderRepository } from './school-finder.repository.js';

export interface FoundSchools {
  readonly schools: readonly FoundSchool[];
  /** There are more than are shown: who looks must type more. */
  readonly isMore: boolean;
}

const MOST_SHOWN = 20;
const MOST_WORDS = 6;

/** Finds a school for somebody who knows its name, or its town. */
@Injectable()
export class SchoolFinderService {
  constructor(
    private readonly transactions: Transactions,
    private readonly schools: SchoolFinderRepository,
  ) {}

  /** @param text words of the name or of the town, in any order; without any, all schools of the level */
  async find(councilId: string, level: SchoolLevel, text: string): Promise<FoundSchools> {
    const words = [...new Set(foldForSearch(text).split(' '))].filter((word) => word !== '').slice(0, MOST_WORDS);
    const patterns = words.map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
    const found = await this.transactions.read(councilId, (tx) => this.schools.find(tx, level, patterns, MOST_SHOWN));
    return { schools: found.slice(0, MOST_SHOWN), isMore: found.length > MOST_SHOWN };
  }

  /** Null when the council has no such school. */
  byId(councilId: string, id: string): Promise<FoundSchool | null> {
    return this.transactions.read(councilId, (tx) => this.schools.byId(tx, id));
  }
}
