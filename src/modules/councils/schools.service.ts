import { Injectable } from '@nestjs/common';
import { VersionedTable } from '../../platform/index.js';
import { School } from './entities/school.entity.js';
import { ResourceService } from './resource.service.js';

/** The schools of a council. */
@Injectable()
export class SchoolsService extends ResourceService<School> {
  protected readonly name = 'school';
  protected readonly table = new VersionedTable(School);
  protected override readonly unique = { schools_code: '/code' };
}
