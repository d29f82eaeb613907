/**
 * Reports that the law wants from whoever cares for people, within hours of learning of it: 老人福利法§43 with 通報辦法§2, 身心障礙者權益保障法§76,
 * 家庭暴力防治法§50, 自殺防治法§11. Which incidents and how many hours stands with the type of incident.
 */
import { incidentType } from './code-tables.ts';
import type { EmergencyActionRow, EmergencyRow } from './rows.ts';

export interface LegalDuty {
	readonly hours: number;
	/** Instant by which the authority has to know. */
	readonly dueAt: string;
	/** The first step that says it does; null while none does. */
	readonly told: EmergencyActionRow | null;
}

const HOUR_MS = 3_600_000;

/** Null where the law wants no report. The time runs from the report: by then somebody knew. */
export function legalDuty(
	emergency: Pick<EmergencyRow, 'incident_type' | 'recorded_at' | 'received_at'>,
	actions: readonly EmergencyActionRow[]
): LegalDuty | null {
	const hours = incidentType(emergency.incident_type)?.dutyHours ?? null;
	const learntAt = earlier(emergency.recorded_at, emergency.received_at);
	if (hours === null || learntAt === null) return null;
	return {
		hours,
		dueAt: new Date(Date.parse(learntAt) + hours * HOUR_MS).toISOString(),
		told: actions.find(({ action }) => action === 'notify') ?? null
	};
}

/** A phone whose clock is ahead gives nobody more time. */
function earlier(a: string | null, b: string | null): string | null {
	if (a === null || b === null) return a ?? b;
	return Date.parse(a) < Date.parse(b) ? a : b;
}

export interface TimeLeft {
	readonly hours: number;
	readonly minutes: number;
}

/** Null when it is over. */
export function timeLeft(dueAt: string, now: string): TimeLeft | null {
	const leftMs = Date.parse(dueAt) - Date.parse(now);
	if (leftMs <= 0) return null;
	const minutes = Math.floor(leftMs / 60_000);
	return { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
}
