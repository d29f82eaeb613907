/**
 * An earthquake: 500 reports of 50 people in the same moment, by rpc('sync'), against a push service that also refuses, fails and hangs, and phones that are not
 * there any more. How long until each has been tried for the first time, until all is said, and whether any stays silent or goes on without end; on both backends.
 */
import { createEngine, readEngineSettings } from '#lib/server/notifier/start-engine.ts';
import { enginePort } from '#lib/server/notifier/engine-port.ts';
import { replaceSection } from '../../../scripts/reliability/section.ts';
import { BACKENDS, push, type Backend } from '../../api/backend.ts';
import { aRow } from '../../fixtures/db-world.ts';
import { PushService, type PushAnswer } from '../../fixtures/push-service.ts';
import type { Report } from '../figures.ts';
import type { BenchOptions } from '../run.ts';
import { phonesOf, peopleInCare } from './people.ts';
import { part, written, type Severity, type Shaken } from './written.ts';

/** A sync request carries no more. */
const BATCH = 50;
/** Of a hundred answers, to the last one; the others are 201. */
const ANSWERS: readonly (readonly [share: number, answer: PushAnswer])[] = [
	[5, { status: 429, retryAfter: '1' }],
	[3, 500],
	[1, 'hang']
];
/** Of ten reports. */
const MIXES: Readonly<Record<string, readonly Severity[]>> = {
	'all red': ['red'],
	mixed: ['red', 'red', 'red', 'orange', 'orange', 'orange', 'yellow', 'yellow', 'yellow', 'yellow']
};
const RUNS = 3;

export async function earthquake(report: Report, { quick, write }: BenchOptions): Promise<void> {
	const found: { backend: string; mix: string; runs: Shaken[] }[] = [];
	for (const [backend, start] of Object.entries(BACKENDS))
		for (const [mix, severities] of Object.entries(MIXES)) {
			const runs: Shaken[] = [];
			for (let run = 0; run < (quick ? 1 : RUNS); run++) {
				const shaken = await shakeOnce(start, severities, quick ? 2 : 10);
				runs.push(shaken);
				const figures = { 'first-p95': part(shaken.first, 0.95), 'all-said': shaken.allSaid };
				for (const [figure, value] of Object.entries(figures))
					report({
						bench: 'earthquake',
						figure: `${figure} (${backend}, ${mix})`,
						value,
						unit: 's'
					});
			}
			found.push({ backend, mix, runs });
		}
	if (write) replaceSection('earthquake', written(found), 'escalation.md');
}

/** @throws {Error} a report that stayed silent, or rings without end, or a phone that was wrongly kept or forgotten */
async function shakeOnce(
	start: () => Promise<Backend>,
	severities: readonly Severity[],
	batches: number
): Promise<Shaken> {
	const backend = await start();
	const service = await PushService.start();
	try {
		const shaken = await shake(backend, service, severities, batches);
		if (shaken.silent + shaken.endless > 0 || service.faults.length > 0)
			throw new Error(
				`${shaken.silent} silent, ${shaken.endless} without end; ${service.faults.join()}`
			);
		return shaken;
	} finally {
		await service.stop();
		await backend.stop();
	}
}

async function shake(
	backend: Backend,
	service: PushService,
	severities: readonly Severity[],
	batches: number
): Promise<Shaken> {
	const port = enginePort(backend.url, backend.secretKey, fetch);
	const settings = readEngineSettings({
		PUSH_HOSTS: service.host,
		PUSH_TRUST: service.certificate
	});
	const words = () => ({ title: '紅色緊急通報', body: '打開查看' });
	const engine = createEngine(port, settings, words, (problem) => console.warn(problem));
	await engine.tick();
	const cases = await peopleInCare(backend);
	const gone = await phonesOf(backend, service);
	service.otherwise = (nr, endpoint) => (gone.has(endpoint) ? 410 : answerOf(nr));
	engine.run();
	const startMs = Date.now();
	const token = await backend.tokenFor('worker');
	const ids = (
		await Promise.all(
			Array.from({ length: batches }, (_, nr) => reportBatch(backend, token, cases, severities, nr))
		)
	).flat();
	const told = await firstAttempts(service, new Set(ids.map(({ id }) => id)));
	await untilSaid(backend);
	const allSaid = (Date.now() - startMs) / 1000;
	const messages = service.messages.length;
	const first = ids
		.flatMap(({ id, severity }) => {
			const atMs = told.get(id);
			return atMs === undefined ? [] : { severity, s: (atMs - startMs) / 1000 };
		})
		.sort((a, b) => a.s - b.s);
	await onlyTheGoneAreForgotten(backend, gone);
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
	severities: readonly Severity[],
	nr: number
): Promise<{ id: string; severity: Severity }[]> {
	const rows = Array.from({ length: BATCH }, (_, index) =>
		aRow.emergency({
			severity: severities[index % severities.length],
			case_id: cases[(nr * 7 + index) % cases.length]
		})
	);
	const intents = rows.map((row) => ({ name: 'emergency.report', args: { row } }));
	const answer = await push(backend, token, intents, 1);
	if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
	return rows.map(({ id }, index) => ({
		id,
		severity: severities[index % severities.length] ?? 'red'
	}));
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

/** Of those who were told. @throws {Error} */
async function onlyTheGoneAreForgotten({ sql }: Backend, gone: ReadonlySet<string>): Promise<void> {
	const kept = await sql<{ endpoint: string }>(
		'select endpoint from private.push_subscriptions where user_id in (select user_id from private.deliveries)'
	);
	const [row] = await sql<{ told: number }>(
		'select count(distinct user_id)::integer as told from private.deliveries'
	);
	if (kept.some(({ endpoint }) => gone.has(endpoint)) || kept.length !== 2 * (row?.told ?? 0))
		throw new Error(`Of ${row?.told} people ${kept.length} phones are kept.`);
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
async function stillRingingAtTheEnd(
	{ sql }: Backend,
	tick: () => Promise<unknown>
): Promise<number> {
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
