/** A pharmacist is one of the clinical staff on the phone, too: same steps, a word for the role, invited like the others. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { roleName } from '#lib/care-ui/names.ts';
import { LocalDb } from '#lib/db/local-db.ts';
import { boardDirectory } from '#lib/db/queries/board.ts';
import {
	EMERGENCY_MACHINE,
	possibleTransitions,
	TASK_MACHINE,
	VISIT_MACHINE,
	type Machine
} from '#lib/domain/status.ts';
import { CIRCLE_ROLES, STAFF_ROLES } from '#lib/features/invitations/invite-form.svelte.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Calls } from '#lib/remote/calls.ts';
import { whoami } from '#lib/remote/people.ts';
import { anId, aRow } from '../../fixtures/builders.ts';

test('every step that a therapist takes a pharmacist takes, and no other', () => {
	const machines: readonly Machine<string, string>[] = [
		VISIT_MACHINE,
		TASK_MACHINE,
		EMERGENCY_MACHINE
	];
	for (const machine of machines) {
		const states = new Set(
			Object.values(machine.transitions).flatMap(({ moves }) => Object.keys(moves))
		);
		for (const state of states) {
			for (const own of [true, false]) {
				expect(possibleTransitions(machine, state, { role: 'pharmacist', own })).toEqual(
					possibleTransitions(machine, state, { role: 'therapist', own })
				);
			}
		}
	}
});

test('the role has a word and can be invited, into the organisation and into a circle', () => {
	overwriteGetLocale(() => 'zh-TW');
	expect(roleName('pharmacist')).toBe('藥師');
	expect(STAFF_ROLES).toContain('pharmacist');
	expect(CIRCLE_ROLES).toContain('pharmacist');
});

test('a pharmacist who signs in is understood by the phone', async () => {
	const said = {
		display_name: '藥師',
		memberships: [{ org_id: 'o1', org_name: '雲嶺', role: 'pharmacist' }]
	};
	const rpc = (_name: string, _args: unknown, schema: v.GenericSchema) =>
		Promise.resolve({ ok: true, value: v.parse(schema, said) });
	expect(await whoami({ rpc } as unknown as Calls)).toEqual({ ok: true, value: said });
});

test('visits are planned for pharmacists, too', async () => {
	const db = new LocalDb('somebody', { indexedDB: new IDBFactory(), IDBKeyRange });
	const [org_id, user_id] = [anId(), anId()];
	await db.memberships.add(
		aRow('memberships', { org_id, user_id, role: 'pharmacist', display_name: '林藥師' })
	);
	const { staff } = await boardDirectory(db, [org_id]);
	expect(staff).toEqual([{ id: user_id, name: '林藥師' }]);
});
