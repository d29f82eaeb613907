import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { SessionStore } from '#lib/remote/session-store.ts';
import { loadClient } from '#lib/sync/client-record.ts';
import { FAULTS } from './support/faulty-fetch.ts';
import { EmbeddedBackend } from './support/backend.ts';
import { Browser, type Tab } from './support/engine.ts';
import { ledgerOf } from './support/invariants.ts';
import { servedWorld } from './support/served-world.ts';

const { backend, world } = await servedWorld(EmbeddedBackend.start());

function reportFall({ workspace }: Tab): Promise<{ mid: string }> {
	return workspace.commit('emergency.report', {
		row: {
			id: workspace.newId(),
			case_id: world.caseIds[0],
			incident_type: 'FALL',
			severity: 'red',
			occurred_at: workspace.now()
		}
	});
}

function say({ workspace }: Tab, body: string): Promise<{ mid: string }> {
	return workspace.commit('message.send', {
		row: { id: workspace.newId(), case_id: world.caseIds[0], audience: 'circle', body }
	});
}

test('what was tapped without signal goes out by itself when the signal returns, and only then is it called synced', async () => {
	const tab = await (await Browser.signedIn(backend, world.worker)).openTab();
	await tab.synced();
	tab.network.offline = true;
	tab.line.set(false);
	const { mid } = await reportFall(tab);
	// An emergency is tried though the browser says that there is no network.
	await tab.until(() => tab.workspace.status.phase === 'waiting', 'waiting');
	expect(tab.workspace.status.pendingCount).toBe(1);
	expect(tab.workspace.status.online).toBe(false);
	expect(await ledgerOf(backend, [mid])).toEqual([]);
	tab.network.offline = false;
	tab.line.set(true);
	await tab.synced();
	expect(await ledgerOf(backend, [mid])).toMatchObject([{ verdict: 'ok' }]);
	await tab.workspace.stop();
});

test('queues empty by themselves after the last fault, and whenever "synced" is shown the server has everything', async () => {
	const people = [world.worker, world.nurse, world.manager];
	const browsers = await Promise.all(people.map((me) => Browser.signedIn(backend, me)));
	const tabs = await Promise.all(browsers.map((browser) => browser.openTab()));
	const claims: Promise<{ claimed: number; held: number }>[] = [];
	const saved: string[] = [];
	for (const [index, tab] of tabs.entries()) {
		const mine: string[] = [];
		let turn = index;
		tab.network.always = () => (turn++ % 3 === 0 ? 'none' : FAULTS[turn % FAULTS.length]!);
		tab.observe(() => {
			if (tab.workspace.status.phase !== 'synced') return;
			const claimed = [...mine];
			claims.push(
				ledgerOf(backend, claimed).then(({ length }) => ({ claimed: claimed.length, held: length }))
			);
		});
		for (let round = 0; round < 8; round++)
			mine.push((await say(tab, `第 ${round} 則`)).mid, (await reportFall(tab)).mid);
		saved.push(...mine);
	}
	for (const tab of tabs) tab.network.always = () => 'none';
	for (const tab of tabs) await tab.synced();
	const ledger = await ledgerOf(backend, saved);
	expect(ledger).toHaveLength(saved.length);
	expect(ledger.every(({ verdict }) => verdict === 'ok')).toBe(true);
	for (const { claimed, held } of await Promise.all(claims)) expect(held).toBe(claimed);
	for (const tab of tabs) await tab.workspace.stop();
});

test('a page that opens in the middle of the first download goes on from what an earlier one has fetched', async () => {
	const browser = await Browser.signedIn(backend, world.worker);
	const first = await browser.openTab();
	await first.synced();
	await first.workspace.stop();

	const second = browser.makeTab();
	second.network.offline = true;
	const { db } = second.workspace;
	const [cursor] = await db.cursors.toArray();
	expect(cursor).toBeDefined();
	await db.cursors.update(cursor!.bucket, { complete: false });
	await db.meta.put({
		...(await loadClient(db, () => second.workspace.newId())),
		firstSyncDone: false
	});
	const share = 1 - 1 / (await db.cursors.count());
	await second.workspace.start();
	expect(second.workspace.status.firstSyncProgress).toBeCloseTo(share);
	await second.workspace.stop();
});

test('of two tabs one sends; the other writes, wakes it, shows its status, and takes over when it closes', async () => {
	const browser = await Browser.signedIn(backend, world.worker);
	const first = await browser.openTab();
	const second = await browser.openTab();
	await first.synced();
	const before = second.network.reached;
	const { mid } = await say(second, '從第二個分頁');
	await second.synced();
	expect(await ledgerOf(backend, [mid])).toHaveLength(1);
	expect(second.network.reached).toBe(before);
	await first.workspace.stop();
	const after = await say(second, '第一個分頁關了');
	await second.synced();
	expect(await ledgerOf(backend, [after.mid])).toHaveLength(1);
	await second.workspace.stop();
});

test('a tab that holds the lead but is frozen loses it to one that is awake', async () => {
	const browser = await Browser.signedIn(backend, world.worker);
	const frozen = await browser.openTab();
	await frozen.synced();
	const awake = await browser.openTab();
	frozen.tabs.frozen = true;
	const { mid } = await say(awake, '前一個分頁睡著了');
	await awake.until(
		async () => (await ledgerOf(backend, [mid])).length === 1,
		'sent by the tab that is awake'
	);
	await awake.workspace.stop();
	await frozen.workspace.stop();
});

test('an intent that is held can be undone, and when it is not, goes out by itself', async () => {
	const tab = await (await Browser.signedIn(backend, world.worker)).openTab();
	await tab.synced();
	const body = {
		row: { id: tab.workspace.newId(), case_id: world.caseIds[0], audience: 'circle', body: '等等' }
	} as const;
	const undone = await tab.workspace.commit('message.send', body, { holdMs: 60_000 });
	const emergency = await reportFall(tab);
	await tab.until(
		async () => (await ledgerOf(backend, [emergency.mid])).length === 1,
		'a held intent delays no other'
	);
	expect(await tab.workspace.retract([undone.mid])).toBe(true);
	expect(await tab.workspace.db.messages.get(body.row.id)).toBeUndefined();
	const kept = await tab.workspace.commit('message.send', body, { holdMs: 1500 });
	await tab.synced();
	expect(await ledgerOf(backend, [undone.mid, kept.mid])).toMatchObject([
		{ mid: kept.mid, verdict: 'ok' }
	]);
	expect(await tab.workspace.retract([kept.mid])).toBe(false);
	await tab.workspace.stop();
});

test('paused, nothing is sent though a person taps; resumed, it goes out', async () => {
	const browser = await Browser.signedIn(backend, world.worker);
	const tab = await browser.openTab();
	await tab.synced();
	await tab.workspace.pause();
	const before = tab.network.reached;
	await reportFall(tab);
	tab.workspace.syncNow();
	expect(tab.network.reached).toBe(before);
	tab.workspace.resume();
	await tab.synced();
	await tab.workspace.stop();
});

test('when the session has ended everything stays and work goes on; a new sign-in sends it', async () => {
	const browser = await Browser.signedIn(backend, world.family);
	const tab = await browser.openTab();
	await tab.synced();
	const session = browser.sessions.read(world.family.userId)!;
	await backend.sql('delete from auth.sessions where user_id = $1', [world.family.userId]);
	const { mid } = await say(tab, '登出之後寫的');
	await tab.until(() => tab.workspace.status.phase === 'signed_out', 'signed out');
	expect(await tab.workspace.db.cases.count()).toBe(1);
	expect((await say(tab, '還是能寫')).mid).toBeTruthy();
	const again = new SessionStore(await backend.signIn(session.userId)).read(session.userId)!;
	browser.sessions.write(again);
	tab.workspace.resume();
	await tab.synced();
	expect(await ledgerOf(backend, [mid])).toMatchObject([{ verdict: 'ok' }]);
	await tab.workspace.stop();
});

test('a phone that is to be wiped deletes its store at the next contact and says so', async () => {
	const tab = await (await Browser.signedIn(backend, world.nurse)).openTab();
	await tab.synced();
	const client = await tab.workspace.db.meta.get('client');
	const id = client?.key === 'client' ? client.id : '';
	await backend.sql('update private.sync_clients set wipe_requested_at = now() where id = $1', [
		id
	]);
	tab.workspace.syncNow();
	await tab.until(() => tab.wiped, 'wiped');
	const [row] = await backend.sql<{ wiped: boolean }>(
		'select wiped_at is not null as wiped from private.sync_clients where id = $1',
		[id]
	);
	expect(row?.wiped).toBe(true);
});
