/**
 * An earthquake: 500 red reports of 50 people in the same moment, by rpc('sync'), against a push service that also refuses, fails and hangs. How long
 * until each has been tried for the first time, until all is said, and whether any stays silent or goes on without end; on both backends.
 */
import { randomUUID } from 'node:crypto';
import { createEngine, readEngineSettings } from '#lib/server/notifier/start-engine.ts';
import { enginePort } from '#lib/server/notifier/engine-port.ts';
import { replaceSection, table } from '../../scripts/reliability/section.ts';
import { BACKENDS, push, type Backend } from '../api/backend.ts';
import { aRow, CASES, ORGS } from '../fixtures/db-world.ts';
import { PushService, type PushAnswer } from '../fixtures/push-service.ts';
import type { Report } from './figures.ts';
import type { BenchOptions } from './run.ts';

const PEOPLE_IN_CARE = 50;
/** A sync request carries no more. */
const BATCH = 50;
const PHONES_EACH = 2;
/** Of a hundred answers; the others are 201. */
const ANSWERS: readonly (readonly [share: number, answer: PushAnswer])[] = [
	[5, { status: 429, retryAfter: '1' }],
	[3, 500],
	[1, 'hang']
];

interface Shaken {
	readonly reports: number;
	readonly messages: number;
	/** Seconds from sending the report to the first attempt; in order. */
	readonly first: readonly number[];
	/** Seconds until nothing was due any more. */
	readonly allSaid: number;
	readonly silent: number;
	readonly endless: number;
}

export async function earthquake(report: Report, { quick, write }: BenchOptions): Promise<void> {
	const found: [string, Shaken][] = [];
	for (const [name, start] of Object.entries(BACKENDS)) {
		const backend = await start();
		const service = await PushService.start();
		try {
			const shaken = await shake(backend, service, quick ? 2 : 10);
			found.push([name, shaken]);
			const figures = { 'first-p95': part(shaken.first, 0.95), 'all-said': shaken.allSaid };
			for (const [figure, value] of Object.entries(figures))
				report({ bench: 'earthquake', figure: `${figure} (${name})`, value, unit: 's' });
			if (shaken.silent + shaken.endless > 0 || service.faults.length > 0)
				throw new Error(
					`${shaken.silent} silent, ${shaken.endless} without end; ${service.faults.join()}`
				);
		} finally {
			await service.stop();
			await backend.stop();
		}
	}
	if (write) replaceSection('earthquake', written(found), 'escalation.md');
}

async function shake(backend: Backend, service: PushService, batches: number): Promise<Shaken> {
	const port = enginePort(backend.url, backend.secretKey, fetch);
	const settings = readEngineSettings({
		PUSH_HOSTS: service.host,
		PUSH_TRUST: service.certificate
	});
	const words = () => ({ title: '紅色緊急通報', body: '打開查看' });
	const engine = createEngine(port, settings, words, (problem) => console.warn(problem));
	await engine.tick();
	const cases = await peopleInCare(backend);
	await phonesOf(backend, service);
	for (let nr = 0; nr < 4000; nr++) service.answers.push(answerOf(nr));
	engine.run();
	const startMs = Date.now();
	const token = await backend.tokenFor('worker');
	const ids = (
		await Promise.all(
			Array.from({ length: batches }, (_, nr) => reportBatch(backend, token, cases, nr))
		)
	).flat();
	const told = await firstAttempts(service, new Set(ids));
	await untilSaid(backend);
	const allSaid = (Date.now() - startMs) / 1000;
	const messages = service.messages.length;
	const first = ids
		.flatMap((id) => told.get(id) ?? [])
		.map((atMs) => (atMs - startMs) / 1000)
		.sort((a, b) => a - b);
	const endless = await stillRingingAtTheEnd(backend, () => engine.tick());
	await engine.stop();
	return {
		reports: ids.length,
		messages,
		first,
		allSaid,
		silent: ids.length - first.length,
		endless
	};
}

/** Each with the same circle as 阿月. */
async function peopleInCare({ sql }: Backend): Promise<string[]> {
	const cases = await sql<{ id: string }>(
		`insert into public.cases (id, org_id, name, recorded_at)
		select gen_random_uuid(), $1, '受災者' || nr, now() from generate_series(1, $2::integer) nr returning id`,
		[ORGS.shancheng, PEOPLE_IN_CARE]
	);
	const ids = cases.map(({ id }) => id);
	await sql(
		`insert into public.case_members (id, case_id, user_id, role, display_name, recorded_at)
		select gen_random_uuid(), c.id, m.user_id, m.role, m.display_name, now()
		from public.case_members m cross join unnest($2::uuid[]) as c (id)
		where m.case_id = $1 and m.ended_at is null`,
		[CASES.ayue, ids]
	);
	return ids;
}

async function phonesOf({ sql }: Backend, service: PushService): Promise<void> {
	const people = await sql<{ user_id: string }>(
		'select distinct user_id from public.case_members where case_id = $1 and ended_at is null',
		[CASES.ayue]
	);
	for (const { user_id } of people)
		for (let nr = 0; nr < PHONES_EACH; nr++) {
			const { endpoint, p256dh, auth } = service.subscribe();
			await sql(
				`insert into private.push_subscriptions (user_id, client_id, endpoint, p256dh, auth, vapid_key)
				select $1, $2, $3, $4, $5, vapid_public from private.engine`,
				[user_id, randomUUID(), endpoint, p256dh, auth]
			);
		}
}

/** The same order in each run. */
function answerOf(nr: number): PushAnswer {
	let place = (nr * 37) % 100;
	for (const [share, answer] of ANSWERS) {
		if (place < share) return answer;
		place -= share;
	}
	return 201;
}

/** One phone's work: as many reports as a request carries. */
async function reportBatch(
	backend: Backend,
	token: string,
	cases: readonly string[],
	nr: number
): Promise<string[]> {
	const rows = Array.from({ length: BATCH }, (_, index) =>
		aRow.emergency({ severity: 'red', case_id: cases[(nr * 7 + index) % cases.length] })
	);
	const intents = rows.map((row) => ({ name: 'emergency.report', args: { row } }));
	const answer = await push(backend, token, intents, 1);
	if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
	return rows.map(({ id }) => id);
}

/** When the push service first had something about each; gives up after two minutes. */
async function firstAttempts(
	service: PushService,
	ids: ReadonlySet<string>
): Promise<Map<string, number>> {
	const first = new Map<string, number>();
	const patience = AbortSignal.timeout(120_000);
	let looked = 0;
	while (first.size < ids.size && !patience.aborted) {
		for (; looked < service.messages.length; looked++) {
			const { payload, atMs } = service.messages[looked] ?? { payload: '{}', atMs: 0 };
			// What our own server has sent.
			const { notification } = JSON.parse(payload) as { notification: { data: { id: string } } };
			const { id } = notification.data;
			if (ids.has(id) && !first.has(id)) first.set(id, atMs);
		}
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	return first;
}

async function untilSaid({ sql }: Backend): Promise<void> {
	for (;;) {
		const [row] = await sql<{ waiting: boolean }>(
			`select exists (select from private.deliveries where state = 'queued') as waiting`
		);
		if (!row?.waiting) return;
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

/** Nobody answers: each step is due at once, until the ladder has ended. @returns how many go on after all its steps and repeats */
async function stillRingingAtTheEnd({ sql }: Backend, tick: () => Promise<void>): Promise<number> {
	const STEPS_AND_REPEATS = 10;
	for (let step = 0; step <= STEPS_AND_REPEATS; step++) {
		await sql(`update private.alarms set next_at = now() where state = 'ringing'`);
		await sql(`update private.deliveries set state = 'dropped' where state = 'queued'`);
		await tick();
	}
	const [row] = await sql<{ ringing: number }>(
		`select count(*)::integer as ringing from private.alarms where state = 'ringing'`
	);
	return row?.ringing ?? 0;
}

const part = (sorted: readonly number[], share: number) =>
	sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

function written(found: readonly (readonly [string, Shaken])[]): string {
	const seconds = (value: number) => `${value.toFixed(1)} s`;
	return table(
		[
			'backend',
			'reports',
			'messages',
			'first attempt, median',
			'p95',
			'last',
			'all said',
			'silent',
			'without end'
		],
		found.map(([name, { reports, messages, first, allSaid, silent, endless }]) => [
			name,
			reports,
			messages,
			seconds(part(first, 0.5)),
			seconds(part(first, 0.95)),
			seconds(part(first, 1)),
			seconds(allSaid),
			silent,
			endless
		])
	);
}
