import { readFileSync } from 'node:fs';
import { LedgerService } from '../../modules/loans/index.js';
import { AuditChainService, type ChainHead } from '../../platform/index.js';
import { isUuid } from '../../shared/ids.js';
import { FailedCheck, options, WrongUsage } from '../command.js';
import { inApplication } from '../with-application.js';
import { withServices } from '../with-services.js';

/** Reads the heads from an earlier report of `audit:verify`. @throws WrongUsage when the file is not one */
function keptHeads(file: string): ChainHead[] {
  try {
    const { heads } = JSON.parse(readFileSync(file, 'utf8')) as { heads?: ChainHead[] };
    if (Array.isArray(heads) && heads.every(({ councilId, position }) => isUuid(councilId) && Number.isInteger(position))) return heads;
  } catch {
    // The error below says what is wrong.
  }
  throw new WrongUsage(`--heads: ${file} is no report of audit:verify`);
}

export async function verifyAudit(words: readonly string[]): Promise<unknown> {
  const { heads } = options(words, 'heads?');
  const kept = heads === undefined ? [] : keptHeads(heads);
  return withServices(async (services) => {
    const report = await services.get(AuditChainService).verify(kept);
    if (report.faults.length > 0) throw new FailedCheck(`${report.faults.length} faults in the audit trail`, report);
    return report;
  });
}

export async function verifyLedger(words: readonly string[]): Promise<unknown> {
  const { repair } = options(words, 'repair!');
  // Others hear of what is repaired, and who they are is known in the application alone.
  const report = await (repair
    ? inApplication((app) => app.get(LedgerService).repair())
    : withServices((services) => services.get(LedgerService).verify()));
  if (report.faults.length > 0) throw new FailedCheck(`${report.faults.length} faults in the ledger`, report);
  return report;
}
