/** The state of one import: choose a file, look at what is wrong, bring it in; each step can be gone back from. */
import type { ParsedRow } from '#lib/intake/imported-case.ts';
import { MAX_BYTES } from '#lib/intake/read-table.ts';
import { reportCsv } from '#lib/intake/report.ts';
import type { Me } from '#lib/sync/workspace.ts';
import { countKnown, countRefused, markStored, readyCases } from './outcome.ts';
import type { ImportPort, ImportProblem, StoredRow } from './port.ts';
import type { CasesFile, FileProblem } from './read-cases.ts';
import type { ReadRequest } from './read-worker.ts';
import { reportWords, type ReportStage } from './words.ts';

export type ReadFile = (request: ReadRequest) => Promise<CasesFile | FileProblem>;

export class ImportForm {
	/** `known`: the server has some of these people, and has taken nobody. */
	step: 'choose' | 'reading' | 'preview' | 'importing' | 'known' | 'done' = $state('choose');
	fileName = $state('');
	fileProblem: FileProblem | null = $state.raw(null);
	file: CasesFile | null = $state.raw(null);
	orgId = $state('');
	leavesOut = $state(false);
	problem: ImportProblem | null = $state.raw(null);
	imported = $state(0);
	#stored: readonly StoredRow[] = $state.raw([]);
	readonly #port: ImportPort;
	readonly #read: ReadFile;
	readonly #me: Me;

	constructor(port: ImportPort, read: ReadFile, me: Me) {
		this.#port = port;
		this.#read = read;
		this.#me = me;
		this.orgId = this.orgs[0]?.orgId ?? '';
	}

	/** Organisations into which this person may import. */
	get orgs(): Me['memberships'] {
		return this.#me.memberships.filter(
			({ role }) => role === 'supervisor' || role === 'care_manager'
		);
	}

	/** The rows of the file, and after the server's answer which of them it has already. */
	get rows(): readonly ParsedRow[] {
		return this.file === null ? [] : markStored(this.file.rows, this.#stored);
	}

	get knownCount(): number {
		return countKnown(this.#stored);
	}

	/** People who would come in if import were pressed now. */
	get readyCount(): number {
		return (this.file?.counts.good ?? 0) - this.knownCount;
	}

	/** Rows with problems keep the whole list out until they are corrected or left out on purpose. */
	get isBlocked(): boolean {
		const bad = this.file?.counts.bad ?? 0;
		return bad > 0 && !this.leavesOut;
	}

	/** @param today Taipei day */
	async choose(file: File, today: string): Promise<void> {
		this.reset();
		this.fileName = file.name;
		if (file.size > MAX_BYTES) {
			this.fileProblem = { ok: false, code: 'too_large', line: null };
			return;
		}
		this.step = 'reading';
		const read = await this.#readFile(file, today);
		this.step = read.ok ? 'preview' : 'choose';
		if (read.ok) this.file = read;
		else this.fileProblem = read;
	}

	async import(): Promise<void> {
		if (this.file === null || this.isBlocked || this.readyCount === 0) return;
		// Whoever has seen that some are known already presses again to bring in the others.
		const skipKnown = this.step === 'known';
		const before = this.step;
		this.step = 'importing';
		this.problem = null;
		const cases = readyCases(this.file.rows);
		const answer = await this.#port.importCases({ orgId: this.orgId, cases, skipKnown });
		if (!answer.ok) {
			this.problem = answer.problem;
			this.step = before;
			return;
		}
		const { imported, rows } = answer.value;
		const refused = countRefused(rows);
		if (refused > 0) {
			this.#refuse(this.file, rows, refused);
			return;
		}
		this.#stored = rows;
		this.imported = imported;
		this.step = imported > 0 ? 'done' : 'known';
		if (imported > 0) this.#port.syncNow();
	}

	/** Rows that the database cannot store are rows with a problem from now on: corrected in the file, or left out on purpose. */
	#refuse(file: CasesFile, stored: readonly StoredRow[], refused: number): void {
		const { good, warned, bad } = file.counts;
		const cannot = stored.filter(({ result }) => result === 'refused');
		this.file = {
			...file,
			rows: markStored(file.rows, cannot),
			counts: { good: good - refused, warned, bad: bad + refused }
		};
		this.leavesOut = false;
		this.step = 'preview';
	}

	reset(): void {
		this.step = 'choose';
		this.fileName = '';
		this.fileProblem = null;
		this.file = null;
		this.leavesOut = false;
		this.problem = null;
		this.imported = 0;
		this.#stored = [];
	}

	/** Another organisation has other people: what the last one knew no longer counts. */
	chooseOrg(orgId: string): void {
		this.orgId = orgId;
		this.#stored = [];
		this.problem = null;
		if (this.step === 'known') this.step = 'preview';
	}

	/** The row-by-row report as it stands now, as a CSV. */
	report(): string {
		const stages: Readonly<Record<ImportForm['step'], ReportStage>> = {
			choose: 'checked',
			reading: 'checked',
			preview: this.problem === null ? 'checked' : 'not_imported',
			importing: 'checked',
			known: 'not_imported',
			done: 'imported'
		};
		return reportCsv(this.rows, reportWords(stages[this.step]));
	}

	async #readFile(file: File, today: string): Promise<CasesFile | FileProblem> {
		try {
			return await this.#read({ bytes: new Uint8Array(await file.arrayBuffer()), today });
		} catch (failure) {
			// The file was moved or is kept in a cloud that cannot be reached, or the reading code is not on this phone.
			console.warn('The list could not be read', failure);
			return { ok: false, code: 'unreadable', line: null };
		}
	}
}
