/** Where the older history of a care recipient begins that only the server has. */
import type { LocalDb } from '#lib/db/local-db.ts';

/**
 * Instant of the oldest visit, record, reading or message of a care recipient on this phone: where older history begins. Open
 * emergencies and tasks may be older, they stay on every phone. Null when there is nothing.
 */
export async function oldestHeld(db: LocalDb, caseId: string): Promise<string | null> {
	const range = [
		[caseId, ''],
		[caseId, '\uffff']
	] as const;
	const [visit, record, measurement, message] = await Promise.all([
		db.visits
			.where('[case_id+starts_at]')
			.between(...range)
			.first(),
		db.visit_records
			.where('[case_id+recorded_at]')
			.between(...range)
			.first(),
		db.measurements
			.where('[case_id+measured_at]')
			.between(...range)
			.first(),
		db.messages
			.where('[case_id+audience+recorded_at]')
			.between([caseId, 'circle', ''], [caseId, 'circle', '\uffff'])
			.first()
	]);
	const instants = [
		visit?.starts_at,
		record?.recorded_at,
		measurement?.measured_at,
		message?.recorded_at
	].filter((instant) => typeof instant === 'string');
	return instants.sort()[0] ?? null;
}
