/** Looking things up in the code tables: service codes by day, problems, incident types, visit options and quotas. */

import { CARE_QUOTAS, type CareQuota } from './care-quotas.ts';
import { INCIDENT_TYPES, type IncidentType } from './incident-types.ts';
import { PROBLEM_CODES, type ProblemCode } from './problem-codes.ts';
import { SERVICE_CODES, type ServiceCode } from './service-codes.ts';
import { maxSeverity, type ReportSeverity } from './severity.ts';
import { VISIT_OPTIONS, type VisitField, type VisitOption } from './visit-options.ts';

/** The row of a service code that holds on a Taipei day; null for an unknown code or a day without a known price. */
export function serviceCodeOn(code: string, day: string): ServiceCode | null {
	const rows = SERVICE_BY_CODE.get(code) ?? [];
	return rows.find((row) => row.effectiveFrom <= day && (row.effectiveTo ?? day) >= day) ?? null;
}

/** All codes that can be claimed on a day, one row each, in the order of the table. */
export function serviceCodesOn(day: string): ServiceCode[] {
	return SERVICE_CODES.filter((row) => serviceCodeOn(row.code, day) === row);
}

/** The newest row of a code, whatever its dates: for showing the name of an old visit's code. */
export function newestServiceCode(code: string): ServiceCode | null {
	return SERVICE_BY_CODE.get(code)?.at(-1) ?? null;
}

export function problemCode(code: number): ProblemCode | null {
	return PROBLEM_CODES[code - 1] ?? null;
}

export function incidentType(code: string): IncidentType | null {
	return INCIDENT_BY_CODE.get(code) ?? null;
}

/** Default severity of an incident, raised by the signs that were answered with yes; an unknown type is orange. */
export function incidentSeverity(code: string, signs: Iterable<string> = []): ReportSeverity {
	const type = incidentType(code);
	if (type === null) return 'orange';
	const present = new Set(signs);
	const raised = type.raisedBy.filter((sign) => present.has(sign.code));
	const worst = maxSeverity([type.defaultSeverity, ...raised.map((sign) => sign.severity)]);
	return worst === 'none' ? type.defaultSeverity : worst;
}

export function visitOption(field: VisitField, code: string | null): VisitOption | null {
	return VISIT_OPTIONS[field].find((option) => option.code === code) ?? null;
}

/** Null for level 1 and for a level that does not exist: no quota. */
export function careQuota(cmsLevel: number): CareQuota | null {
	return CARE_QUOTAS.find((quota) => quota.cmsLevel === cmsLevel) ?? null;
}

const SERVICE_BY_CODE = groupByCode(SERVICE_CODES);
const INCIDENT_BY_CODE = new Map(INCIDENT_TYPES.map((type) => [type.code, type]));

function groupByCode(rows: readonly ServiceCode[]): ReadonlyMap<string, readonly ServiceCode[]> {
	const groups = new Map<string, ServiceCode[]>();
	for (const row of rows) groups.set(row.code, [...(groups.get(row.code) ?? []), row]);
	for (const group of groups.values()) {
		group.sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
	}
	return groups;
}
