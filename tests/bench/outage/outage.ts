/**
 * `npm run bench outage -- [--phones 1000] [--edits 200] [--write]`: after an outage all phones of a district come back in the same
 * instant, each with its work of a day, to PostgREST and Postgres (scorecard R16).
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import { startPostgrest, type PostgrestServer } from '../../fixtures/postgrest-server.ts';
import { MAX_PUSH } from '#lib/protocol/sync.ts';
import type { Report } from '../figures.ts';
import { aDistrict } from './district.ts';
import { OutagePhone, type Call } from './outage-phone.ts';

/** As docs/operations.md recommends for two cores. */
const SETTINGS = { PGRST_DB_POOL: '4', PGRST_DB_POOL_ACQUISITION_TIMEOUT: '3' };
const STATEMENT_TIMEOUT = '8s';
const CATCHING_UP = 8;
/** The scorecard's. */
const TARGET = { phones: 1000, edits: 200, drainedMinutes: 15, p99Ms: 5000 };

interface Outcome {
	readonly phones: number;
	readonly edits: number;
	readonly drainedMs: number;
	/** What the connections of Postgres have worked, whatever else the machine did meanwhile. */
	readonly processorMs: number;
	readonly calls: readonly Call[];
	readonly lost: number;
	readonly doubled: number;
	readonly refused: number;
}

export async function outage(
	report: Report,
	{
		write,
		phones = TARGET.phones,
		edits = TARGET.edits
	}: { readonly write: boolean; readonly phones?: number; readonly edits?: number }
): Promise<void> {
	const server = await startPostgrest({
		settings: SETTINGS,
		afterwards: `alter role authenticated set statement_timeout = '${STATEMENT_TIMEOUT}'`
	});
	try {
		const workers = await aDistrict(server, phones);
		const fleet = workers.map((worker) => new OutagePhone(server, worker, edits));
		for (let from = 0; from < fleet.length; from += CATCHING_UP)
			await Promise.all(fleet.slice(from, from + CATCHING_UP).map((phone) => phone.catchUp()));
		const workedBefore = await workedMs(server);
		const startMs = performance.now();
		await Promise.all(fleet.map((phone) => phone.comeBack()));
		const drainedMs = performance.now() - startMs;
		const workedAfter = await workedMs(server);
		const processorMs = [...workedAfter].reduce(
			(sum, [pid, ms]) => sum + ms - (workedBefore.get(pid) ?? 0),
			0
		);
		const calls = fleet.flatMap((phone) => phone.calls);
		const outcome = {
			phones,
			edits,
			drainedMs,
			processorMs,
			calls,
			...(await count(server, fleet))
		};
		say(report, outcome);
		if (write) replaceSection('outage', writeUp(outcome), 'bench.md');
	} finally {
		await server.stop();
	}
}

const TICKS_A_SECOND = 100;

/** Processor time of each connection of the pool so far, by process (Linux). */
async function workedMs(server: PostgrestServer): Promise<Map<number, number>> {
	const connections = await server.sql<{ pid: number }>(
		"select pid from pg_stat_activity where usename = 'authenticator'"
	);
	const worked = connections.map(async ({ pid }) => {
		// After the name in brackets the state is the first field; user and system time are the twelfth and thirteenth.
		const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)!.split(' ');
		const ticks = Number(fields[11]) + Number(fields[12]);
		return [pid, (ticks / TICKS_A_SECOND) * 1000] as const;
	});
	return new Map(await Promise.all(worked));
}

/** Counted in the ledger and in the rows, not in what phones believe. */
async function count(
	server: PostgrestServer,
	fleet: readonly OutagePhone[]
): Promise<{ lost: number; doubled: number; refused: number }> {
	const all = fleet.flatMap(({ edits }) => edits);
	const [found] = await server.sql<{ lost: string; doubled: string; refused: string }>(
		`with asked as (select * from jsonb_to_recordset($1::text::jsonb) as a (mid uuid, id uuid))
		select
			(select count(*) from asked a where not exists (select from private.sync_mutations m where m.mid = a.mid)
				or not exists (select from private.synced_rows r where r.id = a.id)) as lost,
			(select count(*) from (select mid from public.audit_log where mid is not null group by mid having count(*) > 1) d) as doubled,
			(select count(*) from private.sync_mutations m join asked a using (mid) where m.verdict <> 'ok') as refused`,
		[
			JSON.stringify(
				all.map(({ mid, args }) => ({ mid, id: (args as { row: { id: string } }).row.id }))
			)
		]
	);
	return {
		lost: Number(found?.lost),
		doubled: Number(found?.doubled),
		refused: Number(found?.refused)
	};
}

const quantile = (values: readonly number[], share: number): number =>
	[...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

function figuresOf({ calls, drainedMs, processorMs, phones, edits }: Outcome) {
	const answered = calls.filter(({ kind }) => kind === 'ok');
	const carrying = answered.filter(({ sent }) => sent > 0);
	return {
		p50: quantile(
			calls.map(({ ms }) => ms),
			0.5
		),
		p99: quantile(
			calls.map(({ ms }) => ms),
			0.99
		),
		p99Answered: quantile(
			answered.map(({ ms }) => ms),
			0.99
		),
		turnedAway: calls.length - answered.length,
		callsAPhone: calls.length / phones,
		batches: carrying.length,
		processorMsABatch: (processorMs / (phones * edits)) * MAX_PUSH,
		editsASecond: (phones * edits) / (drainedMs / 1000)
	};
}

function say(report: Report, outcome: Outcome): void {
	const figures = figuresOf(outcome);
	const bench = 'outage';
	report({ bench, figure: 'drained', value: outcome.drainedMs, unit: 'ms' });
	report({ bench, figure: 'call-p50', value: figures.p50, unit: 'ms' });
	report({ bench, figure: 'call-p99', value: figures.p99, unit: 'ms' });
	report({ bench, figure: 'answered-p99', value: figures.p99Answered, unit: 'ms' });
	report({ bench, figure: 'calls', value: outcome.calls.length, unit: 'requests' });
	report({ bench, figure: 'turned-away', value: figures.turnedAway, unit: 'requests' });
	report({ bench, figure: 'processor-a-batch', value: figures.processorMsABatch, unit: 'ms' });
	report({ bench, figure: 'edits-a-second', value: figures.editsASecond, unit: 'edits' });
	for (const count of ['lost', 'doubled', 'refused'] as const)
		report({ bench, figure: count, value: outcome[count], unit: 'edits' });
}

function writeUp(outcome: Outcome): string {
	const { phones, edits, drainedMs, calls, lost, doubled, refused } = outcome;
	const figures = figuresOf(outcome);
	const kinds = Map.groupBy(calls, ({ kind }) => kind);
	const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
	const whole = phones >= TARGET.phones && edits >= TARGET.edits;
	const batches = (TARGET.phones * TARGET.edits) / MAX_PUSH;
	const minutes = (batches * figures.processorMsABatch) / 60_000;
	const cores = availableParallelism();
	return [
		table(
			['', 'really done'],
			[
				['phones × edits', `${phones} × ${edits}`],
				['drained in', seconds(drainedMs)],
				['edits a second', figures.editsASecond.toFixed(0)],
				[
					'p50 / p99 of a call, refused ones too',
					`${seconds(figures.p50)} / ${seconds(figures.p99)}`
				],
				['p99 of a call that was answered', seconds(figures.p99Answered)],
				['calls a phone', figures.callsAPhone.toFixed(1)],
				['outcomes of calls', [...kinds].map(([kind, of]) => `${kind} ${of.length}`).join(', ')],
				['lost, done twice, refused (ledger, audit log, rows)', `${lost}, ${doubled}, ${refused}`]
			]
		),
		whole
			? 'The whole of R16, nothing reckoned.'
			: `R16 asks for ${TARGET.phones} × ${TARGET.edits}; the rest is reckoned. Its ${batches} batches of ${MAX_PUSH} are ${minutes.toFixed(1)} minutes of a processor for Postgres at the time measured here, so ${(minutes / cores).toFixed(1)} on ${cores} cores that do nothing else; PostgREST and calls that are turned away come on top.`
	].join('\n\n');
}
