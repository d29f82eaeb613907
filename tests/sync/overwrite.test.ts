import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { comeToRest } from './support/program.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

type Field = 'address' | 'note' | 'allergies';

/** Types a value over whatever this phone shows now. */
async function edit(phone: Phone, field: Field, value: unknown): Promise<void> {
	const shown = await phone.db.cases.get(world.caseIds[0]);
	await phone.commit({
		name: 'case.patch',
		args: { id: world.caseIds[0], patch: { [field]: [shown?.[field] ?? null, value] } }
	});
}

async function everythingKept(field: Field): Promise<unknown[]> {
	const kept = await backend.sql<{ value: unknown }>(
		`select to_jsonb(c) -> $2 as value from public.cases c where id = $1
		 union all select kept from public.record_history where row_id = $1 and field = $2
		 union all select other from public.record_history where row_id = $1 and field = $2`,
		[world.caseIds[0], field]
	);
	return kept.map(({ value }) => value);
}

const step = fc.record({
	phone: fc.nat(2),
	field: fc.constantFrom<Field>('address', 'note', 'allergies'),
	then: fc.constantFrom('stay offline' as const, 'sync' as const, 'lose the answer' as const)
});

test(
	'whoever edits what when, every value that was typed stands in the record or in its history',
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
				const people = [world.nurse, world.manager, world.supervisor];
				const phones = await Promise.all(people.map((me) => Phone.signedIn(backend, me)));
				for (const phone of phones) await phone.sync();
				const typed: Record<Field, unknown[]> = { address: [], note: [], allergies: [] };
				for (const { phone: index, field, then } of steps) {
					const phone = phones[index]!;
					const text = `${field} ${phone.newId()}`;
					const value = field === 'allergies' ? [text] : text;
					typed[field].push(value);
					await edit(phone, field, value);
					if (then === 'lose the answer') phone.network.coming.push('drop_answer');
					if (then !== 'stay offline') await phone.sync();
					await checkView(phone);
				}
				await comeToRest(phones);
				for (const field of ['address', 'note', 'allergies'] as const) {
					const kept = (await everythingKept(field)).map((value) => JSON.stringify(value));
					for (const value of typed[field]) expect(kept).toContain(JSON.stringify(value));
				}
				for (const phone of phones) {
					await checkConverged(backend, phone);
					phone.db.close();
				}
			}),
			propertyOptions(3)
		);
	},
	programTimeoutMs(3)
);

test('the one who loses sees it: verdict with the field, a notice, and the other value in the history', async () => {
	const nurse = await Phone.signedIn(backend, world.nurse);
	const manager = await Phone.signedIn(backend, world.manager);
	await nurse.sync();
	await manager.sync();
	await edit(manager, 'address', '新的地址，個管');
	await edit(nurse, 'address', '新的地址，護理師');
	await edit(manager, 'allergies', ['盤尼西林']);
	await edit(nurse, 'allergies', ['花生']);
	await manager.sync();
	await nurse.sync();
	await manager.sync();
	const shown = await nurse.db.cases.get(world.caseIds[0]);
	expect(shown?.address).toBe('新的地址，護理師');
	expect(shown?.allergies).toEqual(['盤尼西林']);
	const journal = await nurse.db.journal.toArray();
	expect(journal.map(({ entry }) => entry.verdict)).toEqual(['conflict', 'conflict']);
	const history = await nurse.db.record_history.toArray();
	expect(history).toContainEqual(
		expect.objectContaining({
			kind: 'overwritten',
			field: 'address',
			kept: '新的地址，護理師',
			other: '新的地址，個管'
		})
	);
	expect(history).toContainEqual(
		expect.objectContaining({ kind: 'proposal', field: 'allergies', other: ['花生'] })
	);
	expect((await manager.db.notices.toArray()).some(({ kind }) => kind === 'conflict')).toBe(true);

	const proposal = history.find(
		({ kind, other }) => kind === 'proposal' && JSON.stringify(other) === '["花生"]'
	)!;
	await manager.commit({ name: 'proposal.decide', args: { id: proposal.id, accept: true } });
	await manager.sync();
	expect((await manager.db.cases.get(world.caseIds[0]))?.allergies).toEqual(['花生']);
	expect(await everythingKept('allergies')).toContainEqual(['盤尼西林']);
});
