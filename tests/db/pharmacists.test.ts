/** A pharmacist is one of the clinical staff: whatever the server asks of a role, it asks of them as of a therapist. */
import { expect, test } from 'vitest';
import type { MutationName } from '#lib/domain/mutations/catalogue.ts';
import { mayDo } from '#lib/domain/permissions.ts';
import { aRow, CASES, hoursFromNow, ORGS, PEOPLE } from '../fixtures/db-world.ts';
import { Phone, type Result } from './harness.ts';
import { mutationArgs } from './mutation-args.ts';
import { rolledBackDatabase } from './rolled-back.ts';

const db = await rolledBackDatabase();
const MUTATIONS = mutationArgs(db);
const inside = { inside: true };

/** 譚治療 was a pharmacist all along, in the organisation and in the circles; nobody's role may change otherwise. */
async function becomesPharmacist(): Promise<void> {
	await db.exec('set local session_replication_role = replica');
	for (const table of ['memberships', 'case_members']) {
		await db.sql(`update public.${table} set role = 'pharmacist' where user_id = $1`, [
			PEOPLE.therapist
		]);
	}
	await db.exec('set local session_replication_role = origin');
}

async function verdictOf(name: MutationName): Promise<string> {
	const args = await MUTATIONS[name]('therapist');
	const [result]: Result[] = await new Phone(db, 'therapist').push([{ name, args }], inside);
	return `${result?.verdict} ${result?.code ?? ''}`;
}

test.each(Object.keys(MUTATIONS) as MutationName[])('%s', async (name) => {
	await db.exec('savepoint therapist');
	const before = await verdictOf(name);
	await db.exec('rollback to therapist');
	await becomesPharmacist();
	expect(await verdictOf(name)).toBe(before);
	expect(mayDo('pharmacist', name)).toBe(mayDo('therapist', name));
});

test('a pharmacist of the circle sees what its staff sees, and no report in confidence', async () => {
	await db.insert(
		'tasks',
		aRow.task({ audience: 'staff', author_name: '倪護理', recorded_at: hoursFromNow(0) })
	);
	await new Phone(db, 'worker').push(
		[
			{
				name: 'emergency.report',
				args: { row: aRow.emergency({ incident_type: 'ABUSE', severity: 'red' }) }
			}
		],
		inside
	);
	await becomesPharmacist();
	const phone = new Phone(db, 'therapist');
	await phone.pull(inside);
	expect(phone.of('cases')).toMatchObject([{ id: CASES.ayue, org_id: ORGS.shancheng }]);
	expect(phone.of('tasks').some(({ audience }) => audience === 'staff')).toBe(true);
	expect(phone.of('emergencies')).toEqual([]);
});
