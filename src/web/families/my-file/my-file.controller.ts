import { Controller, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { SchoolsService } from '../../../modules/councils/index.js';
import { FindHouseholdsService } from '../../../modules/households/index.js';
import { HouseholdPlanService } from '../../../modules/needs/index.js';
import { showPage } from '../../../platform/http/index.js';
import { orProblem } from '../../../platform/index.js';
import { GetAsFamily } from '../../parts/signed-in/as-family.js';
import { type FamilyVisit, Visit } from '../../parts/signed-in/family-visit.js';
import { detailsPage } from './details.page.js';
import { DonePath } from './done-path.js';
import { FamilyFileService } from './family-file.service.js';
import { myFilePage } from './my-file.page.js';
import { doneOf } from './parts.js';
import { weekPage } from './week.page.js';

/** The file of a family: where everything stands, its week, and what is written about it. */
@Controller('f')
@ApiExcludeController()
export class MyFileController {
  constructor(
    private readonly files: FamilyFileService,
    private readonly households: FindHouseholdsService,
    private readonly schools: SchoolsService,
    private readonly plans: HouseholdPlanService,
  ) {}

  @GetAsFamily()
  async show(@Visit() visit: FamilyVisit, @Query() { done }: DonePath, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return showPage(reply, myFilePage(visit, await this.files.find(visit), { done: doneOf(done) }));
  }

  @GetAsFamily('plan')
  async week(@Visit() visit: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { actor, language } = visit;
    const week = orProblem(await this.plans.find(actor, actor.family.householdId, { from: null, until: null, language }));
    return showPage(reply, weekPage(visit, week));
  }

  @GetAsFamily('details')
  async details(@Visit() visit: FamilyVisit, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { actor } = visit;
    const household = orProblem(await this.households.get(actor, actor.family.householdId));
    const names = new Map<string, string>();
    for (const { schoolId } of household.learners) {
      if (schoolId !== null && !names.has(schoolId)) names.set(schoolId, orProblem(await this.schools.get(actor.councilId, schoolId)).name);
    }
    return showPage(reply, detailsPage(visit, household, names));
  }
}
