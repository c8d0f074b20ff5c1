import { isOfSchool } from '../../households/index.js';
import { listIn } from '../../../shared/stored-json.sql.js';
// Parts of statements that several repositories of this module use. They are constants and are never made from values.

/** Whether the loan `l` of the household `h` is within the reach of a school and of a site. */
export const LOAN_IN_REACH = (school: string, site: string) => `
  ${isOfSchool(school)} AND (${site}::uuid IS NULL OR l.site_id = ${site})`;

/** The present learners of the household `h`, in the family's order. */
export const HOUSEHOLD_LEARNERS = `
  coalesce((
    SELECT jsonb_agg(jsonb_build_object('id', k.id, 'level', k.level, 'schoolId', k.school_id) ORDER BY k.position, k.id) FROM learners k
    WHERE k.council_id = h.council_id AND k.household_id = h.id AND k.left_at IS NULL), '[]')`;

/** The device `d` with its fund `f`, as decisions read them. */
export const DEVICE_FACTS = `
  jsonb_build_object(
    'id', d.id, 'assetTag', d.asset_tag, 'category', d.category, 'status', d.status, 'siteId', d.site_id, 'fundId', d.fund_id,
    'fund', CASE WHEN f.id IS NOT NULL THEN jsonb_build_object(
      'eligibleLevels', to_jsonb(f.eligible_levels), 'eligibleSchoolIds', to_jsonb(f.eligible_school_ids),
      'startsOn', f.starts_on, 'endsOn', f.ends_on) END)`;

/** The signatures that are asked for the loan `l`, and the texts that were ever signed for it. */
export const AGREEMENT_FACTS = `
  l.agreement_unsigned_since AS "agreementUnsignedSince", l.agreement_terms_asked AS "agreementTermsAsked",
  (SELECT array_agg(signed.agreement ->> 'termsVersion') FROM jsonb_array_elements(${listIn('l.earlier_agreements')} || l.agreement) AS signed (agreement)) AS "signedTerms"`;

/** Writes events, given as JSON, into a loan's history; the arguments are placeholders of parameters. */
export const insertLoanEvents = ({ loan, events, at, actor }: Record<'loan' | 'events' | 'at' | 'actor', string>) => `
    INSERT INTO loan_events (council_id, id, loan_id, at, actor, kind, item_id, incident_id, due_on, codes, missing_accessories, terms_version, reason)
    SELECT current_council(), e.id, ${loan}, ${at}, ${actor}, e.kind, e."itemId", e."incidentId", e."dueOn", e.codes, e."missingAccessories", e."termsVersion", e.reason
    FROM jsonb_to_recordset(${events}::jsonb)
      AS e (id uuid, kind text, "itemId" uuid, "incidentId" uuid, "dueOn" date, codes text[], "missingAccessories" text[], "termsVersion" text, reason text)`;
