/** A plan without signal that comes after somebody has been there: it stands in the planner's tray, and both phones show the visit as it was made. */
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { attentionTray } from '#lib/sync/outbox.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { checkConverged, checkDurable, checkView } from './support/invariants.ts';
import { Phone } from './support/phone.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

test('the visit that was begun meanwhile stays with who makes it; what was planned on other visits is kept', async () => {
	const planner = await Phone.signedIn(backend, world.manager);
	const worker = await Phone.signedIn(backend, world.worker);
	const inHours = (hours: number) =>
		new Date(planner.clock.nowMs() + hours * 3_600_000).toISOString();
	const [begun, other] = [planner.newId(), planner.newId()];
	await planner.commit(
		...[begun, other].map((id, index) => ({
			name: 'visit.plan' as const,
			args: {
				row: {
					id,
					case_id: world.caseIds[0],
					worker_id: world.worker.userId,
					starts_at: inHours(2 * index),
					ends_at: inHours(2 * index + 1)
				}
			}
		}))
	);
	await planner.sync();
	await worker.sync();

	// Neither has signal; the planner gives both visits to the nurse, while the worker begins the first.
	for (const id of [begun, other])
		await planner.commit({
			name: 'visit.patch',
			args: {
				id,
				patch: { worker_id: [world.worker.userId, world.nurse.userId] },
				worker_name: world.nurse.displayName
			}
		});
	expect((await planner.db.visits.get(begun))?.worker_id).toBe(world.nurse.userId);
	await worker.commit({ name: 'visit.check_in', args: { id: begun, at: worker.now() } });
	await worker.sync();
	await planner.sync();

	const tray = await attentionTray(planner.db);
	expect(tray.map(({ mutation, code }) => [mutation.name, code])).toEqual([
		['visit.patch', 'visit_begun']
	]);
	await worker.sync();
	for (const phone of [planner, worker]) {
		expect(await phone.db.visits.get(begun)).toMatchObject({
			worker_id: world.worker.userId,
			worker_name: world.worker.displayName,
			status: 'checked_in'
		});
		expect((await phone.db.visits.get(other))?.worker_id).toBe(world.nurse.userId);
		await checkView(phone);
		await checkConverged(backend, phone);
	}
	await checkDurable(backend, [planner, worker]);
});
