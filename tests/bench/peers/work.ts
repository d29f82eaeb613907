/** The work that every client syncs, and what is done to it: made from a seed, so that each gets the same. */
import type { Edit, Measurement, Message, Visit, WorkRows } from './contract.ts';

export interface Nurse {
	readonly userId: string;
	readonly displayName: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of the past; phones hold 90. */
const DAYS = 60;

const OPENINGS = ['個案今日', '早上到訪時', '家屬表示', '協助沐浴後', '午餐後', '量測時', '出門前'];
const FINDINGS = [
	'精神尚可，可自行下床走動',
	'食慾比上週好，喝水約八百毫升',
	'左膝有些腫，走路需要人扶',
	'夜間起身三次，白天打瞌睡',
	'血壓偏高，休息十五分鐘後再量',
	'皮膚乾燥，小腿有一處擦傷',
	'情緒穩定，和鄰居聊了一會兒',
	'不太願意吃藥，已慢慢說明'
];
const FOLLOW_UPS = ['，已告知家屬。', '，下次再觀察。', '，請護理師留意。', '，一切正常。', '。'];

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

export class Work {
	readonly caseIds: readonly string[];
	readonly rows: WorkRows;
	readonly #nurse: Nurse;
	readonly #random: () => number;
	readonly #nowMs: number;

	/** @param rows in all, spread evenly over the cases: a fifth visits, two thirds measurements, the rest messages */
	constructor(nurse: Nurse, options: { seed: number; cases: number; rows: number; nowMs: number }) {
		this.#nurse = nurse;
		this.#nowMs = options.nowMs;
		this.#random = chance(options.seed);
		this.caseIds = Array.from({ length: options.cases }, () => this.#id());
		const visits: Visit[] = [];
		const measurements: Measurement[] = [];
		const messages: Message[] = [];
		for (let index = 0; index < options.rows; index += 1) {
			const caseId = this.caseIds[index % options.cases]!;
			const share = Math.floor(index / options.cases) / (options.rows / options.cases);
			if (share < 0.2) visits.push(this.#visit(caseId));
			else if (share < 0.88) measurements.push(this.measurement(caseId));
			else messages.push(this.message(caseId, this.#sentence()));
		}
		this.rows = { visits, measurements, messages };
	}

	/** Two fifths changed notes, two fifths new measurements, one fifth new messages; no text comes twice. */
	edits(count: number, tag: string): Edit[] {
		return Array.from({ length: count }, (_, index) => {
			const visit = this.rows.visits[(index * 7) % this.rows.visits.length]!;
			const text = `${this.#sentence()} ${tag}-${index}`;
			const { id, case_id: caseId } = visit;
			if (index % 5 < 2) return { kind: 'change_visit', caseId, id, field: 'note', value: text };
			if (index % 5 < 4) return { kind: 'add_measurement', row: this.measurement(caseId, text) };
			return { kind: 'add_message', row: this.message(caseId, text) };
		});
	}

	measurement(case_id: string, note: string | null = null): Measurement {
		const isPressure = this.#random() < 0.4;
		const measured_at = this.#instant();
		return {
			id: this.#id(),
			case_id,
			kind: isPressure ? 'blood_pressure' : 'pulse',
			value: Math.floor(isPressure ? 105 + this.#random() * 60 : 55 + this.#random() * 50),
			value2: isPressure ? Math.floor(60 + this.#random() * 35) : null,
			measured_at,
			note,
			author_name: this.#nurse.displayName,
			recorded_at: measured_at
		};
	}

	message(case_id: string, body: string): Message {
		const recorded_at = this.#instant();
		const author_name = this.#nurse.displayName;
		return { id: this.#id(), case_id, body, author_name, audience: 'circle', recorded_at };
	}

	#visit(case_id: string): Visit {
		const starts_at = this.#instant();
		return {
			id: this.#id(),
			case_id,
			worker_id: this.#nurse.userId,
			worker_name: this.#nurse.displayName,
			starts_at,
			ends_at: new Date(Date.parse(starts_at) + HOUR_MS).toISOString(),
			status: 'planned',
			note: this.#random() < 0.5 ? this.#sentence() : null
		};
	}

	#sentence(): string {
		const one = (words: readonly string[]) => words[Math.floor(this.#random() * words.length)]!;
		return one(OPENINGS) + one(FINDINGS) + one(FOLLOW_UPS);
	}

	#instant(): string {
		return new Date(this.#nowMs - Math.floor(this.#random() * DAYS * DAY_MS)).toISOString();
	}

	#id(): string {
		const hex = Array.from({ length: 32 }, () => Math.floor(this.#random() * 16).toString(16));
		hex[12] = '4';
		hex[16] = '8';
		return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
	}
}
