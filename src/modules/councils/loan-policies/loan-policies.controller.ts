import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { orProblem } from '../../../platform/index.js';
import { About, Answers, IfMatch } from '../../../platform/http/index.js';
import type { ExpectedVersion } from '../../../shared/version.js';
import type { Actor } from '../access/actor.js';
import { CurrentActor, Rights } from '../access/declared-rights.js';
import {
  LoanPolicyRuleBody,
  LoanPolicyTableBody,
  LoanPolicyTableView,
  PolicyScopeQuery,
  ResolvedPolicyView,
} from './dto/loan-policy.dto.js';
import { LoanPoliciesService } from './loan-policies.service.js';

@ApiTags('loan policies')
@Controller('api/v1/loan-policies')
export class LoanPoliciesController {
  constructor(private readonly policies: LoanPoliciesService) {}

  @Get()
  @About(
    'Read the loan policies',
    'The table of rules for lengths, renewals, limits and offers. Before the first PUT it is empty, what was shipped holds, and the ETag is `"0"`.',
  )
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(LoanPolicyTableView)
  async get(@CurrentActor() actor: Actor): Promise<LoanPolicyTableView> {
    return LoanPolicyTableView.of(await this.policies.get(actor.councilId));
  }

  @Put()
  @About(
    'Replace the loan policies',
    'Writes the whole table. Two rules of one scope are refused; each value comes from the most specific rule that gives one.',
  )
  @Rights('settings:write', 'council_manager')
  @Answers(LoanPolicyTableView)
  async replace(
    @CurrentActor() actor: Actor,
    @IfMatch() expected: ExpectedVersion,
    @Body() { rules }: LoanPolicyTableBody,
  ): Promise<LoanPolicyTableView> {
    return LoanPolicyTableView.of(orProblem(await this.policies.replace(actor, expected, rules.map(LoanPolicyRuleBody.toRule))));
  }

  @Get('resolve')
  @About('Resolve the loan policy', 'What holds for one school, category and borrower, each value with the rule that gave it.')
  @Rights('settings:read', 'council_manager', 'school_administrator', 'desk_agent', 'auditor')
  @Answers(ResolvedPolicyView)
  async resolve(@CurrentActor() actor: Actor, @Query() query: PolicyScopeQuery): Promise<ResolvedPolicyView> {
    const { resolved, rules } = await this.policies.resolve(actor.councilId, PolicyScopeQuery.toScope(query));
    return ResolvedPolicyView.of(resolved, rules);
  }
}
