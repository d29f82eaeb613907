/**
 * `npm run bench server-scale -- [--rows 10000000] [--write]`: does one worker's phone cost the server the same in a large country as in
 * a small one? Synced rows grow tenfold step by step by more agencies of the same size, on one Postgres. Pages touched are the figure
 * that depends on nothing else on the machine; times are medians.
 */
import { replaceSection, table } from '../../../scripts/reliability/section.ts';
import type { Connection } from '../../db/harness.ts';
import { startDatabase } from '../../db/harness.ts';
import { median, type Report } from '../figures.ts';
import { addAgencies, caseOf, ROWS_AN_AGENCY, workerOf } from './country.ts';

const SMALLEST = 10_000;
const RUNS = 15;
/** The one whose worker's phone is looked at. */
const AGENCY = 1;

const WORK = ['idle', 'one', 'fifty', 'first'] as const;
type Work = (typeof WORK)[number];
const NAMES: Readonly<Record<Work, string>> = {
	idle: 'nothing new',
	one: 'one changed row',
	fifty: 'fifty changed rows in twenty cases',
	first: 'first sync, all pages'
};

interface Cost {
	readonly ms: number;
	/** Pages of 8 kB that the call looked at, in the buffer cache or not. */
	readonly pages: number;
	readonly rows: number;
	/** Scans of tables of the API and of the ledger from end to end. */
	readonly wholeTables: number;
	readonly indexes: readonly string[];
}
type Costs = Readonly<Record<Work, Cost>>;

export async function serverScale(
	report: Report,
	{ write, rows = 1_000_000 }: { readonly write: boolean; readonly rows?: number }
): Promise<void> {
	const database = await startDatabase();
	const sizes: { rows: number; costs: Costs }[] = [];
	try {
		const filler = await database.connect();
		await filler.exec(`set statement_timeout = 0`);
		let agencies = 0;
		for (let size = SMALLEST; size <= rows; size *= 10) {
			const wanted = Math.round(size / ROWS_AN_AGENCY);
			await addAgencies(filler, agencies + 1, wanted);
			agencies = wanted;
			// A connection of its own, so that plans are made for this size.
			const db = await database.connect();
			sizes.push({ rows: size, costs: await measure(db) });
		}
	} finally {
		await database.stop();
	}
	const smallest = sizes[0]!;
	for (const { rows: size, costs } of sizes)
		for (const work of WORK) {
			const say = (figure: string, value: number, unit: 'ms' | 'pages', base: number) =>
				report({
					bench: 'server-scale',
					figure: `${work}-${figure}-${size}`,
					value,
					unit,
					...(size === SMALLEST ? {} : { peer: `${SMALLEST} rows`, ratio: value / base })
				});
			say('time', costs[work].ms, 'ms', smallest.costs[work].ms);
			say('pages', costs[work].pages, 'pages', smallest.costs[work].pages);
		}
	if (write) replaceSection('server-scale', writeUp(sizes), 'bench.md');
}

async function measure(db: Connection): Promise<Costs> {
	await db.sql(
		`select set_config('request.jwt.claims', json_build_object('sub', ${workerOf(AGENCY)}, 'role', 'authenticated')::text, false)`
	);
	const phone = new ScalePhone(db);
	await phone.sync();
	return {
		idle: await costOf(phone, () => Promise.resolve()),
		one: await costOf(phone, () => phone.change(1)),
		fifty: await costOf(phone, () => phone.change(50)),
		first: await costOf(phone, async () => phone.forget())
	};
}

async function costOf(phone: ScalePhone, prepare: () => Promise<void>): Promise<Cost> {
	const times: number[] = [];
	for (let run = 0; run <= RUNS; run += 1) {
		await prepare();
		const startMs = performance.now();
		await phone.sync();
		// Plans are made in the first one.
		if (run > 0) times.push(performance.now() - startMs);
	}
	await prepare();
	const before = await phone.scans();
	const { pages, rows } = await phone.sync(true);
	const after = await phone.scans();
	const scanned = after.filter(
		({ name, count }) => count > (before.find((other) => other.name === name)?.count ?? 0)
	);
	return {
		ms: median(times),
		pages,
		rows,
		wholeTables: scanned.filter(({ index }) => !index).length,
		indexes: scanned.filter(({ index }) => index).map(({ name }) => name)
	};
}

interface Scan {
	readonly name: string;
	readonly index: boolean;
	readonly count: number;
}

/** What a phone says and keeps, on a connection of its own, as PostgREST would run it. */
class ScalePhone {
	readonly #db: Connection;
	#epoch: string | null = null;
	#cursors: Record<string, number> = {};
	#turn = 0;

	constructor(db: Connection) {
		this.#db = db;
	}

	forget(): void {
		this.#cursors = {};
	}

	/** Changes the notes of visits, spread over all cases, as the operator. */
	async change(rows: number): Promise<void> {
		await this.#db.sql(
			`update public.visits v set note = clock_timestamp()::text from (
				select id from (
					select id, row_number() over (partition by case_id order by starts_at desc) as nr from public.visits
					where case_id = any (array[${Array.from({ length: 20 }, (_, nr) => caseOf(AGENCY, nr + 1)).join(', ')}])
				) n order by nr, id limit $1
			) few where few.id = v.id`,
			[rows]
		);
	}

	/** Round trips until nothing more is to come. @param explained with the pages that they touch */
	async sync(explained = false): Promise<{ pages: number; rows: number }> {
		let [pages, rows] = [0, 0];
		for (;;) {
			const request = JSON.stringify({
				v: 1,
				schema: 1,
				epoch: this.#epoch,
				client: '00000000-0000-4000-8000-00000000000c',
				turn: this.#turn,
				acked: 0,
				push: [],
				cursors: this.#cursors
			});
			await this.#db.exec('set role authenticated');
			if (explained) {
				await this.#db.exec('begin');
				pages += await this.#pagesOf(request);
				await this.#db.exec('rollback');
				await this.#db.exec('set role authenticated');
			}
			const answer = await this.#db.value<Answer>('select public.sync($1::jsonb)', [request]);
			await this.#db.exec('reset role');
			this.#epoch = answer.epoch;
			this.#turn = answer.turn;
			rows += Object.values(answer.rows).flat().length;
			for (const [bucket, { seq }] of Object.entries(answer.buckets)) this.#cursors[bucket] = seq;
			if (!Object.values(answer.buckets).some(({ more }) => more)) return { pages, rows };
		}
	}

	async #pagesOf(request: string): Promise<number> {
		const [{ Plan: plan }] = await this.#db.value<[{ Plan: Record<string, number> }]>(
			`explain (analyze, buffers, format json) select public.sync('${request}'::jsonb)`
		);
		return plan['Shared Hit Blocks']! + plan['Shared Read Blocks']!;
	}

	/** How often each table was read from end to end, and each index used, so far. */
	async scans(): Promise<Scan[]> {
		await this.#db.sql('select pg_stat_force_next_flush(), pg_sleep(0.01)');
		return await this.#db.sql<Scan>(`
			select relname::text as name, false as index, seq_scan::float8 as count from pg_stat_user_tables where n_live_tup > 1000
			union all select indexrelname, true, idx_scan from pg_stat_user_indexes where relname in ('visits', 'bucket_days', 'buckets')`);
	}
}

interface Answer {
	readonly epoch: string;
	readonly turn: number;
	readonly buckets: Record<string, { readonly seq: number; readonly more: boolean }>;
	readonly rows: Record<string, unknown[]>;
}

function writeUp(sizes: readonly { rows: number; costs: Costs }[]): string {
	const smallest = sizes[0]!.costs;
	const cell = ({ pages, ms }: Cost, base: Cost) =>
		`${pages} (${(pages / base.pages).toFixed(2)}×), ${(ms / base.ms).toFixed(2)}×`;
	const largest = sizes.at(-1)!.costs;
	return [
		table(
			['synced rows', ...WORK.map((work) => NAMES[work])],
			sizes.map(({ rows, costs }) => [
				rows.toLocaleString('en'),
				...WORK.map((work) => cell(costs[work], smallest[work]))
			])
		),
		`Pages of 8 kB that a call looks at and their ratio to the first line, then the ratio of the median times of ${RUNS} runs (the first line's: ${WORK.map((work) => `${smallest[work].ms.toPrecision(2)} ms`).join(', ')}).`,
		`At the last size: ${WORK.map((work) => `${NAMES[work]}: ${largest[work].rows} rows, ${largest[work].wholeTables} large tables read from end to end, indexes of visits and of the bookkeeping ${largest[work].indexes.map((name) => `\`${name}\``).join(', ')}`).join('; ')}.`
	].join('\n\n');
}
