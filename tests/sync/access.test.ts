import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { TABLE_NAMES } from '#lib/domain/rows.ts';
import { attentionTray } from '#lib/sync/outbox.ts';
import type { RemotePort } from '#lib/sync/remote-port.ts';
import { programTimeoutMs, propertyOptions } from '../fixtures/property.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkDurable, checkScope, checkView } from './support/invariants.ts';
import { legitimateIntent } from './support/intents.ts';
import { Phone } from './support/phone.ts';
import { comeToRest } from './support/program.ts';
import { withSync } from './support/ports.ts';
import { servedWorld } from './support/served-world.ts';
import { aWorld, bucketsOf, joinCircle, leaveCircle } from './support/world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

/** Rows of one case that the phone shows. */
async function rowsOfCase({ db }: Phone, caseId: string): Promise<string[]> {
	const found: string[] = [];
	for (const table of TABLE_NAMES)
		for (const row of await db.anyRows(table).toArray())
			if (row.id === caseId || ('case_id' in row && row.case_id === caseId))
				found.push(`${table}/${row.id}`);
	// A notice may speak of a case that its reader has left; it carries no content of the record.
	return found.filter((key) => !key.startsWith('notices/'));
}

test('access taken away: at the next contact nothing of the case is left, and unsent work waits in the tray', async () => {
	const phone = await Phone.signedIn(backend, world.worker);
	await phone.sync();
	const [caseId] = world.caseIds;
	expect(await rowsOfCase(phone, caseId)).not.toEqual([]);
	await leaveCircle(backend, caseId, world.worker);
	const emergency = phone.newId();
	await phone.commit(
		{
			name: 'emergency.report',
			args: {
				row: {
					id: emergency,
					case_id: caseId,
					incident_type: 'FALL',
					severity: 'red',
					occurred_at: phone.now()
				}
			}
		},
		{
			name: 'emergency.note',
			args: { id: emergency, action_id: phone.newId(), note: '叫了救護車' }
		}
	);
	await phone.sync();
	expect(await rowsOfCase(phone, caseId)).toEqual([]);
	const tray = await attentionTray(phone.db);
	expect(tray.map(({ mutation }) => mutation.name)).toEqual(['emergency.report', 'emergency.note']);
	expect(tray.every(({ code }) => code !== null)).toBe(true);
	await checkScope(backend, phone);
	await checkDurable(backend, [phone]);

	await joinCircle(backend, caseId, world.worker, 'worker');
	await phone.sync();
	expect(await rowsOfCase(phone, caseId)).not.toEqual([]);
	await checkConverged(backend, phone);
});

test('work that did not fit into the request that told of the end is sent after it, and judged by when it was done', async () => {
	let tight = true;
	const withoutPush = (port: RemotePort) =>
		withSync(port, (request, signal) =>
			port.sync(tight ? { ...request, push: [] } : request, signal)
		);
	const phone = await Phone.signedIn(backend, world.nurse, { sabotage: withoutPush });
	await phone.sync();
	const [, caseId] = world.caseIds;
	const row = { case_id: caseId, audience: 'staff' } as const;
	await phone.commit(
		{ name: 'task.create', args: { row: { ...row, id: phone.newId(), title: '量血壓' } } },
		{ name: 'message.send', args: { row: { ...row, id: phone.newId(), body: '早上量過了' } } }
	);
	await leaveCircle(backend, caseId, world.nurse);
	await phone.round();
	expect(await phone.db.cases.get(caseId)).toBeUndefined();
	expect(await phone.db.outbox.where('state').equals('pending').count()).toBe(2);
	await checkView(phone);
	tight = false;
	await phone.sync();
	expect(await attentionTray(phone.db)).toMatchObject([
		{ code: 'access_ended', mutation: { name: 'task.create' } }
	]);
	expect(await rowsOfCase(phone, caseId)).toEqual([]);
	expect(
		await backend.sql('select body from public.messages where created_by = $1 and case_id = $2', [
			world.nurse.userId,
			caseId
		])
	).toEqual([{ body: '早上量過了' }]);
	await checkDurable(backend, [phone]);
	await joinCircle(backend, caseId, world.nurse, 'nurse');
});

test('a colleague who left: their phone drops the whole agency at its next contact, and unsent work waits in the tray', async () => {
	const agency = await aWorld(backend);
	const office = await Phone.signedIn(backend, agency.supervisor);
	const phone = await Phone.signedIn(backend, agency.worker);
	await office.sync();
	await phone.sync();
	const [membership] = await office.db.memberships
		.where('user_id')
		.equals(agency.worker.userId)
		.toArray();
	// Both are offline: one records care, the other ends that person's access.
	const [caseId] = agency.caseIds;
	await phone.commit({
		name: 'message.send',
		args: { row: { id: phone.newId(), case_id: caseId, audience: 'circle', body: '今天很好' } }
	});
	await office.commit({
		name: 'membership.end',
		args: { id: membership!.id, at: office.now(), reason: '離職' }
	});
	await checkView(office);
	expect((await office.db.memberships.get(membership!.id))?.ended_at).not.toBeNull();

	await office.sync();
	await phone.sync();
	// The office is told of the work that was refused.
	await office.sync();
	for (const table of TABLE_NAMES) {
		const left = await phone.db.anyRows(table).toArray();
		expect(
			left.filter(({ id }) => id !== agency.worker.userId),
			table
		).toEqual([]);
	}
	expect(await attentionTray(phone.db)).toMatchObject([{ mutation: { name: 'message.send' } }]);
	const places = await office.db.case_members
		.where('user_id')
		.equals(agency.worker.userId)
		.toArray();
	expect(places.filter(({ ended_at }) => ended_at === null)).toEqual([]);
	await checkScope(backend, phone);
	await checkConverged(backend, office);
	await checkDurable(backend, [phone, office]);
	phone.db.close();
	office.db.close();
});

test('a revoked session, an empty answer and a failed one delete nothing', async () => {
	const empty = (port: RemotePort) =>
		withSync(port, async (request, signal) => {
			const answer = await port.sync(request, signal);
			if (!answer.ok || !hideRows) return answer;
			return {
				...answer,
				value: { ...answer.value, buckets: {}, rows: {}, gone: {}, removed: [] }
			};
		});
	let hideRows = false;
	const phone = await Phone.signedIn(backend, world.family, { sabotage: empty });
	await phone.sync();
	const before = await rowsOfCase(phone, world.caseIds[0]);
	hideRows = true;
	await phone.sync();
	for (const fault of ['portal', 'foreign_json', 'truncate', 403, 500] as const) {
		phone.network.coming.push(fault);
		await phone.round();
	}
	expect(await rowsOfCase(phone, world.caseIds[0])).toEqual(before);
});

const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('tap' as const),
			phone: fc.nat(4),
			what: fc.nat(99),
			which: fc.nat(99)
		})
	},
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('sync' as const), phone: fc.nat(4) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('leave' as const),
			phone: fc.nat(1),
			which: fc.nat(1)
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({ kind: fc.constant('join' as const), phone: fc.nat(1), which: fc.nat(1) })
	}
);

test(
	'however access comes and goes, nothing outside it is delivered, and what was tapped is in the ledger or in the tray',
	async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 35 }), async (steps) => {
				const moving = [world.worker, world.nurse] as const;
				const people = [...moving, world.manager, world.family, world.outsider];
				let delivered: number[] = [];
				const phones = await Promise.all(
					people.map((me) =>
						Phone.signedIn(backend, me, {
							sabotage: (port) => listeningPort(port, (buckets) => delivered.push(...buckets))
						})
					)
				);
				for (const phone of phones) await phone.sync();
				for (const each of steps) {
					const phone = phones[each.phone % phones.length]!;
					const caseId = 'which' in each ? world.caseIds[each.which % 2]! : '';
					if (each.kind === 'leave') await leaveCircle(backend, caseId, moving[each.phone]!);
					if (each.kind === 'join') await rejoin(caseId, each.phone);
					if (each.kind === 'tap') {
						const intent = await legitimateIntent(phone, each);
						if (intent) await phone.commit(intent);
					}
					if (each.kind === 'sync') {
						delivered = [];
						await phone.sync();
						await checkScope(backend, phone);
						const theirs = await bucketsOf(backend, phone.me);
						expect(delivered.filter((bucket) => !theirs.has(bucket))).toEqual([]);
					}
					await checkView(phone);
				}
				await comeToRest(phones);
				for (const phone of phones) {
					await checkScope(backend, phone);
					await checkConverged(backend, phone);
				}
				expect(await phones[4]!.db.cases.count()).toBe(0);
				await checkDurable(backend, phones);
				for (const phone of phones) phone.db.close();
			}),
			propertyOptions(2)
		);
	},
	programTimeoutMs(2)
);

async function rejoin(caseId: string, who: number): Promise<void> {
	const me = [world.worker, world.nurse][who]!;
	const [open] = await backend.sql(
		'select 1 from public.case_members where case_id = $1 and user_id = $2 and ended_at is null',
		[caseId, me.userId]
	);
	if (!open) await joinCircle(backend, caseId, me, ['worker', 'nurse'][who]!);
}

function listeningPort(port: RemotePort, hear: (buckets: number[]) => void): RemotePort {
	return withSync(port, async (request, signal) => {
		const answer = await port.sync(request, signal);
		if (answer.ok)
			hear(
				Object.values(answer.value.rows).flatMap((rows) => rows.map(({ bucket_id }) => bucket_id))
			);
		return answer;
	});
}
